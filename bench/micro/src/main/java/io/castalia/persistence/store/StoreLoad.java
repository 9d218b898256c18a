package io.castalia.persistence.store;

import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows written to logs, one in flight for each log. */
final class StoreLoad {
  private final Rows rows;
  private final String run = UUID.randomUUID().toString();

  StoreLoad(Rows rows) {
    this.rows = rows;
  }

  /** The time that each write took, in nanoseconds, ascending. */
  long[] run(int logs, long nanos) {
    long end = System.nanoTime() + nanos;
    var all =
        IntStream.range(0, logs)
            .mapToObj(log -> new Writer(run + "-" + log, end))
            .map(Writer::start)
            .toList();
    return all.stream()
        .flatMapToLong(each -> Arrays.stream(each.toCompletableFuture().join()))
        .sorted()
        .toArray();
  }

  /** One log, written by whoever completes its last write. */
  private final class Writer {
    private final String log;
    private final long end;
    private final CompletableFuture<long[]> ended = new CompletableFuture<>();
    private long[] nanos = new long[1024];
    private int count;

    private Writer(String log, long end) {
      this.log = log;
      this.end = end;
    }

    CompletionStage<long[]> start() {
      next();
      return ended;
    }

    private void next() {
      long begun = System.nanoTime();
      if (begun >= end) {
        rows.end(log).whenComplete((done, failure) -> ended(failure));
        return;
      }
      rows.write(log, count).whenComplete((done, failure) -> written(begun, failure));
    }

    private void written(long begun, @Nullable Throwable failure) {
      if (failure != null) {
        ended.completeExceptionally(failure);
        return;
      }
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count] = System.nanoTime() - begun;
      count++;
      next();
    }

    private void ended(@Nullable Throwable failure) {
      if (failure != null) {
        ended.completeExceptionally(failure);
      } else {
        ended.complete(Arrays.copyOf(nanos, count));
      }
    }
  }
}
