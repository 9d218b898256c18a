package io.castalia.actors.service;

import io.castalia.api.Header;
import io.castalia.api.InboundRecord;
import io.castalia.api.OutboundRecord;
import io.castalia.api.ProducerIdentity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Between the api's records and record batches in Kafka's format v2. */
final class RecordBatches {
  private static final ProducerIdentity ANONYMOUS =
      new ProducerIdentity(
          RecordBatch.NO_PRODUCER_ID, RecordBatch.NO_PRODUCER_EPOCH, RecordBatch.NO_SEQUENCE);

  private RecordBatches() {}

  /** One uncompressed batch with these records in order. */
  static ByteString encode(List<OutboundRecord> records, Optional<ProducerIdentity> identity) {
    ProducerIdentity producer = identity.orElse(ANONYMOUS);
    SimpleRecord[] simple =
        records.stream().map(RecordBatches::simple).toArray(SimpleRecord[]::new);
    MemoryRecords batch =
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
            simple);
    return ByteString.fromByteBuffer(batch.buffer());
  }

  /**
   * Data records in order.
   *
   * @param nextOffset behind them, and behind control records
   */
  record Decoded(List<InboundRecord> records, long nextOffset) {}

  /**
   * The data records from {@code offset} on.
   *
   * @param maxBytes no further record is added to as much as this, however small it was compressed
   */
  static Decoded decode(List<ByteString> batches, long offset, int maxBytes) {
    List<InboundRecord> records = new ArrayList<>();
    long bytes = 0;
    for (Iterator<Record> all = dataRecords(batches, offset); all.hasNext(); ) {
      Record record = all.next();
      if (bytes >= maxBytes) {
        return new Decoded(records, record.offset());
      }
      records.add(inbound(record));
      bytes += record.sizeInBytes();
    }
    return new Decoded(records, nextOffset(batches, offset));
  }

  private static Iterator<Record> dataRecords(List<ByteString> batches, long offset) {
    return batches(batches)
        .filter(batch -> !batch.isControlBatch())
        .flatMap(batch -> StreamSupport.stream(batch.spliterator(), false))
        .filter(record -> record.offset() >= offset)
        .iterator();
  }

  /** The offset after the last batch, or {@code offset} when there is none. */
  private static long nextOffset(List<ByteString> batches, long offset) {
    return batches(batches).mapToLong(RecordBatch::nextOffset).reduce(offset, Math::max);
  }

  private static Stream<RecordBatch> batches(List<ByteString> batches) {
    return batches.stream()
        .flatMap(bytes -> StreamSupport.stream(readable(bytes).batches().spliterator(), false));
  }

  private static InboundRecord inbound(Record record) {
    return new InboundRecord(
        record.offset(),
        record.timestamp(),
        bytes(record.key()),
        bytes(record.value()),
        Stream.of(record.headers())
            .map(header -> new Header(header.key(), bytes(header.value())))
            .toList());
  }

  private static MemoryRecords readable(ByteString bytes) {
    return MemoryRecords.readableRecords(bytes.asByteBuffer());
  }

  private static SimpleRecord simple(OutboundRecord record) {
    return new SimpleRecord(
        record.timestamp(),
        buffer(record.key()),
        buffer(record.value()),
        record.headers().stream()
            .map(header -> new RecordHeader(header.name(), array(header.value())))
            .toArray(RecordHeader[]::new));
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
