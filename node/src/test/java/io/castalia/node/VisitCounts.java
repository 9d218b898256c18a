package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.Materialized;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.Topology;
import io.castalia.streams.processing.runtime.ProcessingApplication;
import io.castalia.streams.processing.runtime.ProcessingReset;
import io.castalia.streams.processing.runtime.ProcessingSettings;
import io.castalia.streams.processing.runtime.ResetTarget;
import io.castalia.streams.processing.runtime.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** An application that counts by key, of whose state a node has a small part in memory. */
final class VisitCounts {
  static final String TOPIC = "visits";

  /** What a node must be started with. */
  static final Map<String, Object> SETTINGS =
      Map.of(
          "castalia.processing.state-cache-size", "128 KiB",
          "castalia.processing.state-changes-size", "128 KiB");

  /** In as many records: one of each. */
  static final int KEYS = 3_000;

  private static final String PADDING = "-".repeat(300);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Serde<String> STRINGS = Serdes.String();

  private final TestNode node;
  private final ProcessingApplication application;

  VisitCounts(TestNode node) {
    this.node = node;
    application =
        ProcessingApplication.start(
            node.system(), topology(), ProcessingSettings.create(node.system(), TOPIC));
    join(application.ready());
  }

  private static Topology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(TOPIC, Consumed.with(STRINGS, STRINGS))
        .groupByKey()
        .count(Materialized.as("counts"));
    return builder.build();
  }

  /** One record of each key. */
  static void publish(Map<String, Object> properties) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      for (int key = 0; key < KEYS; key++) {
        // In no order: each page is touched again and again.
        String name = (key * 1_009 % KEYS) + PADDING;
        var unused = producer.send(new ProducerRecord<>(TOPIC, name, ""));
      }
      producer.flush();
    }
  }

  /** Waits until each key has been counted so often, and asks for some. */
  void awaitEach(long times) {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                join(application.client().tasks()).stream().mapToLong(TaskStatus::records).sum()
                    == times * KEYS);
    for (int key : List.of(0, 17, 1_500, KEYS - 1)) {
      assertThat(join(application.client().get("counts", key + PADDING, STRINGS, Serdes.Long())))
          .hasValue(times);
    }
  }

  /**
   * Stops it, and has it begin anew when it is started next. A member that has stopped it is no
   * longer listed a moment later.
   */
  void stopAndReset(ResetTarget target) {
    join(application.stop());
    ProcessingReset reset = ProcessingReset.create(node.system(), TOPIC, PATIENCE);
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(join(reset.to(target, Set.of()))).hasSize(1));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
