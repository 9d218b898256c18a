package io.castalia.actors.partition;

import io.castalia.persistence.LogEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.Records;
import org.apache.pekko.util.ByteString;

/** Cuts whole batches out of entries, sharing their bytes. Reads two fields of each batch. */
final class BatchSlices {
  private final long offset;
  private final long limit;
  private final int maxBytes;
  private final List<ByteString> slices = new ArrayList<>();
  private int size;

  private BatchSlices(long offset, long limit, int maxBytes) {
    this.offset = offset;
    this.limit = limit;
    this.maxBytes = maxBytes;
  }

  /**
   * Whole batches from the one that holds {@code offset} on.
   *
   * @param limit exclusive upper bound of offsets
   * @param maxBytes soft limit: the first batch is taken even if it alone is larger
   * @return one slice per entry, each of one or more batches
   */
  static List<ByteString> of(List<LogEntry> entries, long offset, long limit, int maxBytes) {
    BatchSlices slices = new BatchSlices(offset, limit, maxBytes);
    for (LogEntry entry : entries) {
      if (!slices.take(entry.bulk())) {
        break;
      }
    }
    return slices.slices;
  }

  /** How many records are in slices of whole batches. */
  static long records(List<ByteString> slices) {
    long records = 0;
    for (ByteString slice : slices) {
      ByteBuffer bytes = slice.asByteBuffer();
      for (int at = 0; at < bytes.limit(); at += length(bytes, at)) {
        records += bytes.getInt(at + DefaultRecordBatch.RECORDS_COUNT_OFFSET);
      }
    }
    return records;
  }

  /** Takes what is wanted of an entry; false if the next entry is not wanted. */
  private boolean take(ByteString bulk) {
    ByteBuffer bytes = bulk.asByteBuffer();
    int start = 0;
    while (start < bytes.limit() && lastOffset(bytes, start) < offset) {
      start += length(bytes, start);
    }
    int end = start;
    while (end < bytes.limit() && wants(bytes, end)) {
      size += length(bytes, end);
      end += length(bytes, end);
    }
    if (end > start) {
      slices.add(bulk.slice(start, end));
    }
    return end == bytes.limit();
  }

  private boolean wants(ByteBuffer bytes, int position) {
    boolean fits = size == 0 || size + (long) length(bytes, position) <= maxBytes;
    return fits && lastOffset(bytes, position) < limit;
  }

  private static int length(ByteBuffer bytes, int position) {
    return Records.LOG_OVERHEAD + bytes.getInt(position + Records.SIZE_OFFSET);
  }

  private static long lastOffset(ByteBuffer bytes, int position) {
    return bytes.getLong(position)
        + bytes.getInt(position + DefaultRecordBatch.LAST_OFFSET_DELTA_OFFSET);
  }
}
