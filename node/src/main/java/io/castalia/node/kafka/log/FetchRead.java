package io.castalia.node.kafka.log;

import io.castalia.actors.partition.FetchQuery;
import io.castalia.actors.partition.Partitions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads from those partitions of a Fetch request that have records, a few at a time, so that no
 * more records are in memory than the response may hold, beyond one batch of each that is being
 * read.
 */
final class FetchRead {
  /** Partitions read at a time. */
  static final int WAVE = 8;

  private static final int SMALLEST_SHARE = 16 * 1024;

  private final Partitions partitions;
  private final boolean readCommitted;
  private final int limit;
  private final List<FetchAnswer> answers;

  /** Where in {@link #answers} those are that have records. */
  private final int[] readable;

  private final CompletableFuture<FetchRead> done = new CompletableFuture<>();
  private int next;
  private int size;
  private boolean cut;

  /**
   * @param found what the partitions said, without records
   * @param limit bytes of records that the response may hold; a first batch that is larger is kept
   */
  FetchRead(Partitions partitions, List<FetchAnswer> found, boolean readCommitted, int limit) {
    this.partitions = partitions;
    this.readCommitted = readCommitted;
    this.limit = limit;
    this.answers = new ArrayList<>(found);
    this.readable =
        IntStream.range(0, found.size())
            .filter(index -> hasRecords(found.get(index), readCommitted))
            .toArray();
  }

  /** Whether a partition has records to be read. */
  static boolean hasRecords(FetchAnswer found, boolean readCommitted) {
    return found.result().hasRecordsFor(found.target().query(1, readCommitted));
  }

  /** Completes with this, read. To be called once. */
  CompletionStage<FetchRead> run() {
    readOn();
    return done;
  }

  /** In the order of the request. */
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

  /** A loop, since records that are there at once must not grow the stack. */
  private void readOn() {
    while (next < readable.length && size < limit) {
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

  private CompletionStage<Void> readWave() {
    int first = next;
    int count = Math.min(WAVE, readable.length - first);
    next += count;
    int share = Math.max((limit - size) / count, SMALLEST_SHARE);
    List<CompletionStage<FetchAnswer>> asked =
        IntStream.range(first, first + count)
            .mapToObj(index -> read(answers.get(readable[index]), share))
            .toList();
    return Answers.gather(asked)
        .thenAccept(
            all -> {
              for (int i = 0; i < count; i++) {
                add(readable[first + i], all.get(i));
              }
            });
  }

  private CompletionStage<FetchAnswer> read(FetchAnswer found, int share) {
    FetchQuery query = found.target().query(share, readCommitted);
    return partitions
        .read(found.partition().orElseThrow(), query, found.result())
        .thenApply(result -> found.with(result).forConsumers());
  }

  private void add(int index, FetchAnswer answer) {
    int bytes = answer.result().sizeInBytes();
    if (size > 0 && size + bytes > limit) {
      answers.set(index, answer.withoutRecords());
      cut = true;
    } else {
      answers.set(index, answer);
      size += bytes;
    }
  }
}
