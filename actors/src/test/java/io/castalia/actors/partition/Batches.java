package io.castalia.actors.partition;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.pekko.util.ByteString;

/** Record batches as producers send them. */
final class Batches {
  static final long NOW = 1_700_000_000_000L;

  private static final int CRC_OFFSET = 17;
  private static final int CRC_FROM = 21;

  private Batches() {}

  static ByteString plain(String... values) {
    return bytes(MemoryRecords.withRecords(Compression.NONE, records(NOW, values)));
  }

  static ByteString at(long timestamp, String... values) {
    return bytes(MemoryRecords.withRecords(Compression.NONE, records(timestamp, values)));
  }

  static ByteString gzip(long timestamp, String... values) {
    return bytes(MemoryRecords.withRecords(Compression.gzip().build(), records(timestamp, values)));
  }

  static ByteString idempotent(long producerId, int epoch, int sequence, String... values) {
    return bytes(
        MemoryRecords.withIdempotentRecords(
            Compression.NONE, producerId, (short) epoch, sequence, records(NOW, values)));
  }

  /** One record of the one producer that there is. */
  static ByteString inSequence(long timestamp, int sequence) {
    return bytes(
        MemoryRecords.withIdempotentRecords(
            Compression.NONE, 7, (short) 0, sequence, records(timestamp, "v" + sequence)));
  }

  static ByteString transactional(String... values) {
    return bytes(
        MemoryRecords.withTransactionalRecords(
            Compression.NONE, 7, (short) 0, 0, records(NOW, values)));
  }

  static SimpleRecord[] records(long timestamp, String... values) {
    SimpleRecord[] records = new SimpleRecord[values.length];
    for (int i = 0; i < values.length; i++) {
      records[i] = new SimpleRecord(timestamp, values[i].getBytes(StandardCharsets.UTF_8));
    }
    return records;
  }

  static ByteString bytes(MemoryRecords records) {
    return ByteString.fromByteBuffer(records.buffer());
  }

  /** The batch with bytes changed at an offset and its CRC made to fit. */
  static ByteString patched(ByteString batch, int offset, byte... values) {
    byte[] bytes = batch.toArray();
    System.arraycopy(values, 0, bytes, offset, values.length);
    CRC32C crc = new CRC32C();
    crc.update(bytes, CRC_FROM, bytes.length - CRC_FROM);
    ByteBuffer.wrap(bytes).putInt(CRC_OFFSET, (int) crc.getValue());
    return ByteString.fromArray(bytes);
  }
}
