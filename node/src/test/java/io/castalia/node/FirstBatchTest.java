package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.persistence.Persistence;
import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.StoreCall;
import io.castalia.persistence.store.StoreOperation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real producer whose first batch is refused while its second one would have been taken. */
class FirstBatchTest {
  private static final String TOPIC = "new";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_WAITING = 10_000;
  private static final int LARGE = 6_000;
  private static final int SMALL = 1_000;

  /** The write is held for as long as the machine needs for what comes meanwhile. */
  private static final Map<String, Object> SETTINGS =
      Map.of(
          "castalia.partition.max-waiting-bytes", MOST_WAITING,
          "castalia.partition.ask-timeout", "150s",
          "castalia.persistence.give-up-after", "120s");

  @TempDir private Path directory = Path.of("");

  @Test
  void shouldNotShutOutTheFirstBatchByTheSecond() throws Exception {
    try (TestNode node = TestNode.startInMemory(directory, SETTINGS);
        KafkaProducer<byte[], byte[]> writing = producer(node);
        KafkaProducer<byte[], byte[]> one = producer(node);
        KafkaProducer<byte[], byte[]> other = producer(node);
        KafkaProducer<byte[], byte[]> late = producer(node)) {
      create(node);
      HeldCall write = store(node).faults().hold(FirstBatchTest::isWriteOfRecords);
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      sent.add(send(writing, SMALL));
      write.arrived().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      // There is room for one of them: that the other is refused shows that the first is there.
      sent.add(send(one, LARGE));
      sent.add(send(other, LARGE));
      await().atMost(PATIENCE).until(() -> retries(one) + retries(other) >= 1);

      Future<RecordMetadata> first = send(late, LARGE);
      Future<RecordMetadata> second = send(late, SMALL);
      await().atMost(PATIENCE).until(() -> retries(late) >= 3);
      write.release();

      sent.addAll(List.of(first, second));
      assertThat(sent).allSatisfy(each -> assertThat(each).succeedsWithin(PATIENCE));
      assertThat(second.get().offset()).isGreaterThan(first.get().offset());
    }
  }

  private static InMemoryLogStore store(TestNode node) {
    return (InMemoryLogStore) Persistence.get(node.system()).ground().store();
  }

  private static boolean isWriteOfRecords(StoreCall call) {
    return call.operation() == StoreOperation.WRITE_ENTRY
        && call.subject().startsWith("partition|");
  }

  private static void create(TestNode node) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", node.bootstrap()))) {
      NewTopic topic = new NewTopic(TOPIC, 1, (short) 1);
      admin.createTopics(List.of(topic)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** Each record is a batch. It waits for answers, and tries again only what was refused. */
  private static KafkaProducer<byte[], byte[]> producer(TestNode node) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            node.bootstrap(),
            ProducerConfig.BATCH_SIZE_CONFIG,
            1,
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            150_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            300_000);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Future<RecordMetadata> send(KafkaProducer<byte[], byte[]> producer, int bytes) {
    return producer.send(new ProducerRecord<>(TOPIC, new byte[bytes]));
  }

  private static double retries(KafkaProducer<byte[], byte[]> producer) {
    return producer.metrics().entrySet().stream()
        .filter(each -> each.getKey().name().equals("record-retry-total"))
        .filter(each -> each.getKey().group().equals("producer-metrics"))
        .mapToDouble(each -> (double) each.getValue().metricValue())
        .sum();
  }
}
