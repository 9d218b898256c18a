package io.castalia.node.kafka.log;

import io.castalia.actors.partition.FetchQuery;
import io.castalia.actors.partition.FetchResult;
import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.partition.Partitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * Asks all partitions of a Fetch request once for what they have now, a few at a time, so that no
 * more records are in memory than the response may hold, beyond one batch of each that is being
 * asked.
 */
final class FetchRead {
  /** Partitions asked at a time. */
  static final int WAVE = 8;

  private static final int SMALLEST_SHARE = 16 * 1024;

  private final Partitions partitions;
  private final PartitionLookup lookup;
  private final FetchPlan plan;
  private final boolean readCommitted;
  private final int limit;
  private final List<FetchAnswer> answers = new ArrayList<>();
  private final CompletableFuture<FetchRead> done = new CompletableFuture<>();
  private int next;
  private int size;
  private boolean cut;

  /**
   * @param limit bytes of records that the response may hold; a first batch that is larger is kept
   */
  FetchRead(
      Partitions partitions,
      PartitionLookup lookup,
      FetchPlan plan,
      boolean readCommitted,
      int limit) {
    this.partitions = partitions;
    this.lookup = lookup;
    this.plan = plan;
    this.readCommitted = readCommitted;
    this.limit = limit;
  }

  /** Completes with this, read. To be called once. */
  CompletionStage<FetchRead> run() {
    readOn();
    return done;
  }

  List<FetchAnswer> answers() {
    return answers;
  }

  /** Bytes of records read. */
  int size() {
    return size;
  }

  /** Whether there were more records than the response may hold. */
  boolean isFull() {
    return size >= limit || cut;
  }

  boolean anyFailed() {
    return answers.stream().anyMatch(FetchAnswer::failed);
  }

  /** A loop, since answers that are there at once must not grow the stack. */
  private void readOn() {
    while (next < plan.targets().size() && !fullForNow()) {
      CompletableFuture<Void> wave = readWave().toCompletableFuture();
      if (!wave.isDone()) {
        var unused = wave.whenComplete((nothing, failure) -> goOn(failure));
        return;
      }
      if (wave.isCompletedExceptionally()) {
        var unused = wave.whenComplete((nothing, failure) -> done.completeExceptionally(failure));
        return;
      }
    }
    done.complete(this);
  }

  private void goOn(@Nullable Throwable failure) {
    if (failure == null) {
      readOn();
    } else {
      done.completeExceptionally(failure);
    }
  }

  /**
   * Who has a session learns of the other partitions next time, when they come first. Others need
   * to hear of every partition.
   */
  private boolean fullForNow() {
    return plan.incremental() && size >= limit;
  }

  private CompletionStage<Void> readWave() {
    List<FetchTarget> targets = plan.targets();
    List<FetchTarget> wave = targets.subList(next, Math.min(next + WAVE, targets.size()));
    next += wave.size();
    int share = Math.max((limit - size) / wave.size(), SMALLEST_SHARE);
    List<CompletionStage<FetchAnswer>> asked =
        wave.stream().map(target -> ask(target, share)).toList();
    return Answers.gather(asked).thenAccept(all -> all.forEach(this::add));
  }

  private CompletionStage<FetchAnswer> ask(FetchTarget target, int share) {
    FetchTarget.Key key = target.key();
    PartitionLookup.Found found =
        key.topic().isEmpty()
            ? lookup.byId(key.topicId(), key.index())
            : lookup.byName(key.topic(), key.index());
    if (found.error() != Errors.NONE) {
      return CompletableFuture.completedFuture(
          new FetchAnswer(target, Optional.empty(), FetchResult.refused(found.error())));
    }
    PartitionId partition = found.partition().orElseThrow();
    FetchQuery query =
        new FetchQuery(
            target.offset(),
            Math.max(1, Math.min(share, target.maxBytes())),
            target.leaderEpoch(),
            readCommitted);
    return partitions
        .fetch(partition, query)
        .thenApply(result -> new FetchAnswer(target, Optional.of(partition), result));
  }

  private void add(FetchAnswer answer) {
    int bytes = answer.result().sizeInBytes();
    if (size > 0 && size + bytes > limit) {
      answers.add(answer.withoutRecords());
      cut = true;
    } else {
      answers.add(answer);
      size += bytes;
    }
  }
}
