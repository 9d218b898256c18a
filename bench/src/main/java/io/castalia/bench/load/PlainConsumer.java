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
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
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
