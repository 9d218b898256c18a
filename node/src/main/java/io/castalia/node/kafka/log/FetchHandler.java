package io.castalia.node.kafka.log;

import io.castalia.actors.partition.Partitions;
import io.castalia.node.kafka.ByteBudget;
import io.castalia.node.kafka.GatewaySettings.FetchSettings;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.jspecify.annotations.Nullable;

/** Reads record batches, and waits for more where a client wants more than there is. */
final class FetchHandler implements RequestHandler<FetchRequest> {
  /** Partitions that all requests together may wait on, at about 1 KiB each. */
  static final int MOST_AWAITED = 50_000;

  private final PartitionLookup lookup;
  private final Partitions partitions;
  private final FetchReply reply;
  private final FetchSettings settings;
  private final FetchSessions sessions;
  private final ByteBudget memory;
  private final AwaitedPartitions awaited;

  FetchHandler(
      PartitionLookup lookup,
      Partitions partitions,
      PartitionLeaders leaders,
      FetchSettings settings) {
    this(lookup, partitions, leaders, settings, new AwaitedPartitions(MOST_AWAITED));
  }

  FetchHandler(
      PartitionLookup lookup,
      Partitions partitions,
      PartitionLeaders leaders,
      FetchSettings settings,
      AwaitedPartitions awaited) {
    this.awaited = awaited;
    this.lookup = lookup;
    this.partitions = partitions;
    this.reply = new FetchReply(leaders);
    this.settings = settings;
    this.sessions =
        new FetchSessions(
            settings.sessions(),
            settings.sessionPartitions(),
            () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    this.memory = new ByteBudget(settings.memory());
  }

  /** For the records of all responses on their way. */
  ByteBudget memory() {
    return memory;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.FETCH;
  }

  @Override
  public short minVersion() {
    return 4;
  }

  @Override
  public short maxVersion() {
    return 17;
  }

  @Override
  public CompletionStage<FetchResponse> handle(RequestContext context, FetchRequest request) {
    FetchPlan plan = sessions.begin(request);
    if (plan.error() != Errors.NONE) {
      return CompletableFuture.completedFuture(
          FetchResponse.of(new FetchResponseData().setErrorCode(plan.error().code())));
    }
    Attempts attempts = new Attempts(context, request, plan);
    return attempts.look(List.of(), attempts.wait.patience());
  }

  /** One request on its way: it looks, reads if there is something to read, and may wait. */
  private final class Attempts {
    private final RequestContext context;
    private final FetchRequest request;
    private final FetchPlan plan;
    private final FetchWait wait;
    private final boolean readCommitted;

    private Attempts(RequestContext context, FetchRequest request, FetchPlan plan) {
      this.context = context;
      this.request = request;
      this.plan = plan;
      this.wait =
          new FetchWait(partitions, awaited, context, request, plan.sessionId(), largest(request));
      this.readCommitted = FetchReply.readCommitted(request);
    }

    private CompletionStage<FetchResponse> look(List<FetchAnswer> before, FetchPatience patience) {
      return new FetchLook(partitions, lookup, plan.targets(), readCommitted, patience)
          .run(before)
          .thenCompose(this::read);
    }

    /** Only who has something to read holds memory, and gives back what it does not need. */
    private CompletionStage<FetchResponse> read(List<FetchAnswer> found) {
      if (found.stream().noneMatch(each -> FetchRead.hasRecords(each, readCommitted))) {
        return new FetchRead(partitions, found, readCommitted, largest(request))
            .run()
            .thenCompose(nothing -> answerOrWait(nothing, () -> {}));
      }
      int limit = limit(request);
      return memory
          .acquire(limit)
          .thenCompose(
              lease ->
                  new FetchRead(partitions, found, readCommitted, limit)
                      .run()
                      .whenComplete((read, failure) -> keepOnly(read, lease))
                      .thenCompose(read -> answerOrWait(read, lease::release)));
    }

    private CompletionStage<FetchResponse> answerOrWait(FetchRead read, Runnable release) {
      if (wait.isOver(read)) {
        var unused = context.released().thenRun(release);
        return CompletableFuture.completedFuture(reply.response(request, plan, read));
      }
      release.run();
      return wait.forMore(read).thenCompose(woken -> look(read.answers(), wait.patience().again()));
    }
  }

  private static void keepOnly(@Nullable FetchRead read, ByteBudget.Lease lease) {
    if (read == null) {
      lease.release();
    } else {
      lease.resize(read.size());
    }
  }

  /** At most a quarter of the memory left, so that nobody takes all of it. */
  private int limit(FetchRequest request) {
    long share = Math.max(memory.available() / 4, Math.min(1 << 20, settings.maxSize()));
    return (int) Math.min(largest(request), share);
  }

  private int largest(FetchRequest request) {
    return Math.max(1, Math.min(request.maxBytes(), settings.maxSize()));
  }
}
