package io.castalia.persistence.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows written to logs as the journal writes them: one write in flight for each log, and each log
 * in segments.
 */
final class StoreLoad {
  private static final int HEADER_BYTES = 200;
  private static final long SEGMENT_BYTES = 64L * 1024 * 1024;
  private static final long SEGMENT_ROWS = 16_384;

  private final LogStore store;
  private final ByteBuffer header;
  private final ByteBuffer bulk;
  private final String run = UUID.randomUUID().toString();
  private final long rowsInSegment;
  private final long firstSegment;

  /**
   * A load of rows of one size.
   *
   * @param bulkBytes of each row, beside a header
   * @param firstSegment the number of the first one of each log
   */
  StoreLoad(LogStore store, int bulkBytes, long firstSegment) {
    this.store = store;
    Random random = new Random(bulkBytes);
    this.header = bytes(random, HEADER_BYTES);
    this.bulk = bytes(random, bulkBytes);
    this.firstSegment = firstSegment;
    this.rowsInSegment = Math.min(SEGMENT_ROWS, Math.max(1, SEGMENT_BYTES / bulkBytes));
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

  private static ByteBuffer bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** One log, written by whoever completes its last write. */
  private final class Writer {
    private final String log;
    private final long end;
    private final CompletableFuture<long[]> ended = new CompletableFuture<>();
    private long[] nanos = new long[1024];
    private int rows;

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
        ended.complete(Arrays.copyOf(nanos, rows));
        return;
      }
      store.writeEntry(row()).whenComplete((done, failure) -> written(begun, failure));
    }

    private void written(long begun, @Nullable Throwable failure) {
      if (failure != null) {
        ended.completeExceptionally(failure);
        return;
      }
      if (rows == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * rows);
      }
      nanos[rows] = System.nanoTime() - begun;
      rows++;
      next();
    }

    private StoredEntry row() {
      long sequence = rows + 1L;
      return new StoredEntry(
          log,
          firstSegment + rows / rowsInSegment,
          sequence,
          sequence,
          sequence,
          0,
          bulk.remaining(),
          header.duplicate(),
          bulk.duplicate());
    }
  }
}
