package io.castalia.bench.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.bench.server.SharedKafka;
import io.castalia.bench.server.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records from Kafka to Castalia and from there to Kafka again, over TLS and with a password. */
final class KafkaMirrorTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int PARTITIONS = 2;

  private static final String ORIGIN = "castalia.origin";

  @RegisterExtension static final SharedKafka KAFKA = new SharedKafka();

  @RegisterExtension static final SharedBroker CASTALIA = new SharedBroker();

  /** Of this week: Kafka looks for what it may delete as early as 30 s after its start. */
  private final Instant yesterday =
      Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

  /** A record, but for its offset. */
  private record Copy(
      int partition,
      @Nullable String key,
      @Nullable String value,
      long time,
      List<String> headers) {

    static Copy of(ConsumerRecord<String, String> record) {
      return new Copy(
          record.partition(),
          record.key(),
          record.value(),
          record.timestamp(),
          StreamSupport.stream(record.headers().spliterator(), false)
              .filter(header -> !header.key().equals(ORIGIN))
              .map(header -> header.key() + "=" + text(header))
              .toList());
    }

    private static String text(Header header) {
      return header.value() == null ? "null" : new String(header.value(), UTF_8);
    }

    ProducerRecord<String, String> in(String topic) {
      RecordHeaders all = new RecordHeaders();
      for (String each : headers) {
        int equals = each.indexOf('=');
        all.add(each.substring(0, equals), each.substring(equals + 1).getBytes(UTF_8));
      }
      return new ProducerRecord<>(topic, partition, time, key, value, all);
    }
  }

  @Test
  @DisabledIfSystemProperty(named = "castalia.bench.server", matches = "kafka")
  void shouldCopyRecordsAsTheyAreFromKafkaAndBackToIt() throws Exception {
    String kafka = KAFKA.broker().bootstrap();
    Topics.create(kafka, "origin", PARTITIONS);
    Topics.create(CASTALIA.bootstrap(), "in.origin", PARTITIONS);
    Topics.create(kafka, "out.in.origin", PARTITIONS);
    List<Copy> first = records(0);
    publish(kafka, "origin", first);

    create("inward", mirror("mirror-source", "origin", "in."));
    create("outward", mirror("mirror-sink", "in.origin", "out."));
    awaitRecords(CASTALIA.bootstrap(), "in.origin", first);
    send("DELETE", "/connectors/inward", "");
    List<Copy> all = new ArrayList<>(first);
    all.addAll(records(first.size()));
    publish(kafka, "origin", all.subList(first.size(), all.size()));
    create("inward", mirror("mirror-source", "origin", "in."));

    awaitRecords(CASTALIA.bootstrap(), "in.origin", all);
    awaitRecords(kafka, "out.in.origin", all);
    send("DELETE", "/connectors/inward", "");
    send("DELETE", "/connectors/outward", "");
  }

  private List<Copy> records(int from) {
    return IntStream.range(from, from + 100)
        .mapToObj(
            i ->
                new Copy(
                    i % PARTITIONS,
                    i % 5 == 0 ? null : "key " + i,
                    i % 7 == 0 ? null : "välue " + i,
                    yesterday.plusSeconds(i).toEpochMilli(),
                    i % 3 == 0 ? List.of() : List.of("trace=" + i, "empty=", "trace=again")))
        .toList();
  }

  private static void publish(String bootstrap, String topic, List<Copy> records) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringSerializer(),
            new StringSerializer())) {
      List<Future<RecordMetadata>> acknowledgements =
          records.stream().map(record -> producer.send(record.in(topic))).toList();
      for (Future<RecordMetadata> each : acknowledgements) {
        each.get();
      }
    }
  }

  private static void awaitRecords(String bootstrap, String topic, List<Copy> expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(read(bootstrap, topic)).isEqualTo(byPartition(expected)));
  }

  private static Map<Integer, List<Copy>> byPartition(List<Copy> records) {
    return records.stream().collect(Collectors.groupingBy(Copy::partition));
  }

  private static Map<Integer, List<Copy>> read(String bootstrap, String topic) {
    List<TopicPartition> partitions =
        IntStream.range(0, PARTITIONS).mapToObj(each -> new TopicPartition(topic, each)).toList();
    List<Copy> found = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
        consumer.poll(POLL).forEach(record -> found.add(Copy.of(record)));
      }
    }
    return byPartition(found);
  }

  private static Map<String, String> mirror(String type, String topics, String prefix) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", type);
    config.put("mirror.bootstrap.servers", KAFKA.guarded());
    config.put("topics", topics);
    config.put("topic.prefix", prefix);
    KAFKA.credentials().forEach((name, value) -> config.put("mirror.client." + name, value));
    return config;
  }

  private static void create(String name, Map<String, String> config) throws Exception {
    String json =
        config.entrySet().stream()
            .map(each -> quoted(each.getKey()) + ":" + quoted(each.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
    assertThat(send("POST", "/connectors", "{\"name\":\"%s\",\"config\":%s}".formatted(name, json)))
        .isEqualTo(201);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static int send(String method, String path, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://" + CASTALIA.admin() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
