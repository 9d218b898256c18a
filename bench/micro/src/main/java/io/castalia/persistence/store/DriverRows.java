package io.castalia.persistence.store;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Rows as the journal writes them, each log in segments, with nothing but the driver before it. */
final class DriverRows implements Rows {
  private static final int HEADER_BYTES = 200;
  private static final long SEGMENT_BYTES = 64L * 1024 * 1024;
  private static final long SEGMENT_ROWS = 16_384;

  private final LogStore store;
  private final ByteBuffer header;
  private final ByteBuffer bulk;
  private final long rowsInSegment;
  private final long firstSegment;

  /**
   * Rows of one size.
   *
   * @param bulk of each row, beside a header
   * @param firstSegment the number of the first one of each log
   */
  DriverRows(LogStore store, ByteBuffer bulk, long firstSegment) {
    this.store = store;
    this.header = bytes(HEADER_BYTES);
    this.bulk = bulk;
    this.firstSegment = firstSegment;
    this.rowsInSegment =
        Math.min(SEGMENT_ROWS, Math.max(1, SEGMENT_BYTES / Math.max(1, bulk.remaining())));
  }

  /** So many bytes that cannot be compressed. */
  static ByteBuffer bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  @Override
  public CompletionStage<?> write(String log, int index) {
    long sequence = index + 1L;
    return store.writeEntry(
        new StoredEntry(
            log,
            firstSegment + index / rowsInSegment,
            sequence,
            sequence,
            sequence,
            0,
            bulk.remaining(),
            header.duplicate(),
            bulk.duplicate()));
  }

  @Override
  public CompletionStage<?> end(String log) {
    return CompletableFuture.completedFuture(log);
  }
}
