package io.castalia.actors.partition;

import io.castalia.persistence.LogEntry;
import io.castalia.persistence.LogReader;
import io.castalia.persistence.ReadQuery;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.utils.internals.BufferSupplier;
import org.apache.kafka.common.utils.internals.CloseableIterator;

/** Finds records by time in one log. Decompresses only the batch that has the record. */
final class TimestampSearch {
  static final OffsetResult NOTHING = new OffsetResult(Errors.NONE, -1, -1, -1);

  private static final long NO_TIMESTAMP_BEYOND = Long.MAX_VALUE / 2;

  private final LogReader reader;
  private final String log;
  private final int leaderEpoch;
  private final long logStart;
  private final long limit;

  /**
   * @param log the persistence id
   * @param bounds the partition's bounds
   * @param limit the exclusive end of what may be found
   */
  TimestampSearch(LogReader reader, String log, PartitionBounds bounds, long limit) {
    this.reader = reader;
    this.log = log;
    this.leaderEpoch = bounds.leaderEpoch();
    this.logStart = bounds.logStart();
    this.limit = limit;
  }

  /** The first record whose timestamp is at least {@code timestamp}, in milliseconds. */
  CompletionStage<OffsetResult> firstAtLeast(long timestamp) {
    return firstAtLeast(timestamp, logStart);
  }

  private CompletionStage<OffsetResult> firstAtLeast(long timestamp, long from) {
    if (from >= limit) {
      return CompletableFuture.completedFuture(NOTHING);
    }
    return reader
        .findTimestamp(query(from), timestamp)
        .thenCompose(
            found -> {
              if (found.isEmpty()) {
                return CompletableFuture.completedFuture(NOTHING);
              }
              LogEntry entry = found.get();
              return within(entry, timestamp)
                  .<CompletionStage<OffsetResult>>map(CompletableFuture::completedFuture)
                  .orElseGet(() -> firstAtLeast(timestamp, entry.lastPosition() + 1));
            });
  }

  /** The first record with the largest timestamp. */
  CompletionStage<OffsetResult> largest(TimestampMark known) {
    if (known.equals(TimestampMark.UNKNOWN)) {
      return largest(NOTHING, NO_TIMESTAMP_BEYOND);
    }
    return known.timestamp() < 0
        ? CompletableFuture.completedFuture(NOTHING)
        : firstAtLeast(known.timestamp(), Math.max(known.offset(), logStart));
  }

  /**
   * Halves the times in which the largest must lie, in as many reads as a timestamp has bits.
   *
   * @param highest the largest found so far
   * @param beyond no record has this timestamp or a larger one
   */
  private CompletionStage<OffsetResult> largest(OffsetResult highest, long beyond) {
    long least = highest.timestamp() + 1;
    if (least >= beyond) {
      return CompletableFuture.completedFuture(highest);
    }
    long middle = least + (beyond - least) / 2;
    return firstAtLeast(middle, Math.max(highest.offset(), logStart))
        .thenCompose(next -> next.offset() < 0 ? largest(highest, middle) : largest(next, beyond));
  }

  private ReadQuery query(long from) {
    return new ReadQuery(log, leaderEpoch, from, limit, 0);
  }

  private Optional<OffsetResult> within(LogEntry entry, long timestamp) {
    for (MutableRecordBatch batch :
        MemoryRecords.readableRecords(entry.bulk().asByteBuffer()).batches()) {
      if (batch.maxTimestamp() >= timestamp && batch.lastOffset() >= logStart) {
        Optional<OffsetResult> found = within(batch, timestamp);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<OffsetResult> within(MutableRecordBatch batch, long timestamp) {
    try (CloseableIterator<Record> records =
        batch.skipKeyValueIterator(BufferSupplier.NO_CACHING)) {
      while (records.hasNext()) {
        Record next = records.next();
        if (next.timestamp() >= timestamp && next.offset() >= logStart && next.offset() < limit) {
          return Optional.of(
              new OffsetResult(
                  Errors.NONE, next.offset(), next.timestamp(), batch.partitionLeaderEpoch()));
        }
      }
    }
    return Optional.empty();
  }
}
