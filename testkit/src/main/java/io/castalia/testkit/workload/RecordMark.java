package io.castalia.testkit.workload;

import io.castalia.testkit.history.RecordId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What a record is known by: its name in a header, and a digest of its key and value. */
final class RecordMark {
  private static final String HEADER = "castalia-record";
  private static final int SPREAD = 31;

  private RecordMark() {}

  /** The same record with its name. */
  static <K, V> ProducerRecord<K, V> mark(ProducerRecord<K, V> record, int partition, RecordId id) {
    ProducerRecord<K, V> marked =
        new ProducerRecord<>(
            record.topic(),
            partition,
            record.timestamp(),
            record.key(),
            record.value(),
            record.headers());
    var unused = marked.headers().add(HEADER, id.toString().getBytes(StandardCharsets.UTF_8));
    return marked;
  }

  /**
   * Reads the name.
   *
   * @throws IllegalArgumentException if the record has none
   */
  static RecordId id(ConsumerRecord<?, ?> record) {
    Header header = record.headers().lastHeader(HEADER);
    if (header == null) {
      throw new IllegalArgumentException(
          "expected only records of recorded producers in %s-%d, but offset %d has no header \"%s\""
              .formatted(record.topic(), record.partition(), record.offset(), HEADER));
    }
    return RecordId.parse(new String(header.value(), StandardCharsets.UTF_8));
  }

  static long digest(@Nullable Object key, @Nullable Object value) {
    return (long) hash(key) * SPREAD + hash(value);
  }

  private static int hash(@Nullable Object part) {
    return part instanceof byte[] bytes ? Arrays.hashCode(bytes) : Objects.hashCode(part);
  }
}
