package io.castalia.node.kafka.log;

import io.castalia.actors.partition.Partitions;
import io.castalia.node.kafka.ByteBudget;
import io.castalia.node.kafka.GatewaySettings.FetchSettings;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
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
  private final PartitionLookup lookup;
  private final Partitions partitions;
  private final FetchReply reply;
  private final FetchSettings settings;
  private final FetchSessions sessions;
  private final ByteBudget memory;

  FetchHandler(
      PartitionLookup lookup,
      Partitions partitions,
      PartitionLeaders leaders,
      FetchSettings settings) {
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
    FetchWait wait =
        new FetchWait(partitions, context, request, plan.sessionId(), largest(request));
    return attempt(context, request, plan, wait);
  }

  private CompletionStage<FetchResponse> attempt(
      RequestContext context, FetchRequest request, FetchPlan plan, FetchWait wait) {
    int limit = limit(request);
    return memory
        .acquire(limit)
        .thenCompose(
            lease ->
                new FetchRead(partitions, lookup, plan, FetchReply.readCommitted(request), limit)
                    .run()
                    .whenComplete((read, failure) -> keepOnly(read, lease))
                    .thenCompose(
                        read -> {
                          if (wait.isOver(read)) {
                            var unused = context.released().thenRun(lease::release);
                            return CompletableFuture.completedFuture(
                                reply.response(request, plan, read));
                          }
                          lease.release();
                          return wait.forMore(read)
                              .thenCompose(woken -> attempt(context, request, plan, wait));
                        }));
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
