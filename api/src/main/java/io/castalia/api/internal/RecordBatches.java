package io.castalia.api.internal;

import io.castalia.api.Header;
import io.castalia.api.InboundRecord;
import io.castalia.api.OutboundRecord;
import io.castalia.api.ProducerIdentity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.internals.BufferSupplier;
import org.apache.kafka.common.utils.internals.CloseableIterator;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Between the api's records and record batches in Kafka's format v2. */
public final class RecordBatches {
  private static final ProducerIdentity ANONYMOUS =
      new ProducerIdentity(
          RecordBatch.NO_PRODUCER_ID, RecordBatch.NO_PRODUCER_EPOCH, RecordBatch.NO_SEQUENCE);

  private RecordBatches() {}

  /**
   * One uncompressed batch with these records in order.
   *
   * @param records at least one
   */
  public static ByteString encode(
      List<OutboundRecord> records, Optional<ProducerIdentity> identity) {
    ProducerIdentity producer = identity.orElse(ANONYMOUS);
    SimpleRecord[] simple = new SimpleRecord[records.size()];
    for (int at = 0; at < simple.length; at++) {
      simple[at] = simple(records.get(at));
    }
    ByteBuffer batch =
        MemoryRecords.withRecords(
                RecordBatch.MAGIC_VALUE_V2,
                0L,
                Compression.NONE,
                TimestampType.CREATE_TIME,
                producer.producerId(),
                producer.epoch(),
                producer.sequence(),
                RecordBatch.NO_PARTITION_LEADER_EPOCH,
                false,
                simple)
            .buffer();
    return ByteString.fromArrayUnsafe(
        batch.array(), batch.arrayOffset() + batch.position(), batch.remaining());
  }

  /**
   * Data records in order.
   *
   * @param nextOffset behind them, and behind control records
   */
  public record Decoded(List<InboundRecord> records, long nextOffset) {}

  /**
   * The data records from {@code offset} on.
   *
   * @param batches each element has one or more of them, whole
   * @param maxBytes no further record is added to as much as this, however small it was compressed
   */
  public static Decoded decode(List<ByteString> batches, long offset, int maxBytes) {
    Reading reading = new Reading(offset, maxBytes);
    for (ByteString some : batches) {
      for (MutableRecordBatch batch : readable(some).batches()) {
        if (!reading.take(batch)) {
          return reading.done();
        }
      }
    }
    return reading.done();
  }

  private static MemoryRecords readable(ByteString bytes) {
    return MemoryRecords.readableRecords(bytes.asByteBuffer());
  }

  private static final class Reading {
    private final List<InboundRecord> records = new ArrayList<>();
    private final long offset;
    private final int maxBytes;
    private long bytes;
    private long nextOffset;

    Reading(long offset, int maxBytes) {
      this.offset = offset;
      this.maxBytes = maxBytes;
      this.nextOffset = offset;
    }

    /** Whether there is room for more behind it. */
    boolean take(MutableRecordBatch batch) {
      if (!batch.isControlBatch()) {
        try (CloseableIterator<Record> all = batch.streamingIterator(BufferSupplier.NO_CACHING)) {
          while (all.hasNext()) {
            if (!take(all.next())) {
              return false;
            }
          }
        }
      }
      nextOffset = Math.max(nextOffset, batch.nextOffset());
      return true;
    }

    private boolean take(Record record) {
      if (record.offset() < offset) {
        return true;
      }
      if (bytes >= maxBytes) {
        nextOffset = record.offset();
        return false;
      }
      records.add(inbound(record));
      bytes += record.sizeInBytes();
      return true;
    }

    Decoded done() {
      return new Decoded(records, nextOffset);
    }
  }

  private static InboundRecord inbound(Record record) {
    return new InboundRecord(
        record.offset(),
        record.timestamp(),
        bytes(record.key()),
        bytes(record.value()),
        headers(record.headers()));
  }

  private static List<Header> headers(org.apache.kafka.common.header.Header[] headers) {
    if (headers.length == 0) {
      return List.of();
    }
    List<Header> all = new ArrayList<>(headers.length);
    for (org.apache.kafka.common.header.Header header : headers) {
      all.add(new Header(header.key(), bytes(header.value())));
    }
    return all;
  }

  private static SimpleRecord simple(OutboundRecord record) {
    return new SimpleRecord(
        record.timestamp(),
        buffer(record.key()),
        buffer(record.value()),
        headers(record.headers()));
  }

  private static org.apache.kafka.common.header.Header[] headers(List<Header> headers) {
    if (headers.isEmpty()) {
      return Record.EMPTY_HEADERS;
    }
    return headers.stream()
        .map(header -> new RecordHeader(header.name(), array(header.value())))
        .toArray(RecordHeader[]::new);
  }

  private static @Nullable ByteBuffer buffer(@Nullable ByteString bytes) {
    return bytes == null ? null : bytes.asByteBuffer();
  }

  private static byte @Nullable [] array(@Nullable ByteString bytes) {
    return bytes == null ? null : bytes.toArray();
  }

  private static @Nullable ByteString bytes(@Nullable ByteBuffer buffer) {
    return buffer == null ? null : ByteString.fromByteBuffer(buffer);
  }

  private static @Nullable ByteString bytes(byte @Nullable [] array) {
    return array == null ? null : ByteString.fromArray(array);
  }
}
