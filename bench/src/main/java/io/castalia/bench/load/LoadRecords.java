package io.castalia.bench.load;

import io.castalia.testkit.history.RecordId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Records that say who they are: their value is the id, a bar, and filler of random length. */
public final class LoadRecords {

  private static final int KEYS = 16;
  private static final char BAR = '|';

  private LoadRecords() {}

  static ProducerRecord<byte[], byte[]> make(Load load, int partition, RecordId id, Random random) {
    byte[] start = bytes(id.toString() + BAR);
    byte[] value = new byte[start.length + random.nextInt(load.maxFiller())];
    random.nextBytes(value);
    System.arraycopy(start, 0, value, 0, start.length);
    byte[] key = bytes("key-" + random.nextInt(KEYS));
    Header header = new RecordHeader("producer", bytes(id.producer()));
    return new ProducerRecord<>(load.topic(), partition, key, value, List.of(header));
  }

  /** The id that the value starts with. */
  public static RecordId id(ConsumerRecord<byte[], byte[]> record) {
    String text = new String(record.value(), StandardCharsets.ISO_8859_1);
    return RecordId.parse(text.substring(0, text.indexOf(BAR)));
  }

  static long digest(ProducerRecord<byte[], byte[]> record) {
    return digest(record.key(), record.value(), record.headers());
  }

  /** Of all that must come back as it was sent. */
  public static long digest(ConsumerRecord<byte[], byte[]> record) {
    return digest(record.key(), record.value(), record.headers());
  }

  private static long digest(byte[] key, byte[] value, Headers headers) {
    CRC32C sum = new CRC32C();
    sum.update(key);
    sum.update(value);
    for (Header header : headers) {
      sum.update(bytes(header.key()));
      sum.update(header.value());
    }
    return sum.getValue();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
