package io.castalia.bench.load;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers without a group. */
public final class PlainConsumer {

  private PlainConsumer() {}

  /** A consumer without a group that takes a position outside of the log for an error. */
  public static KafkaConsumer<byte[], byte[]> open(String bootstrap) {
    return open(bootstrap, "read_uncommitted");
  }

  /** The same, which is given no records of transactions that are not committed. */
  public static KafkaConsumer<byte[], byte[]> committed(String bootstrap) {
    return open(bootstrap, "read_committed");
  }

  private static KafkaConsumer<byte[], byte[]> open(String bootstrap, String isolation) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            isolation,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            10_000),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
