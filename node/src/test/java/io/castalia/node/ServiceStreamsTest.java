package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.streams.Consumer;
import io.castalia.streams.ConsumerSettings;
import io.castalia.streams.OffsetReset;
import io.castalia.streams.Producer;
import io.castalia.streams.ProducerSettings;
import io.castalia.streams.Subscription;
import io.castalia.streams.Subscriptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;

/**
 * Streams of Java services and Kafka clients meet in one log; what they publish is a web server's.
 */
class ServiceStreamsTest extends ServiceNode {
  private static final List<String> LINES = accessLog();
  private static final int RECORDS = LINES.size();

  @Test
  void shouldLetKafkaClientsReadWhatAStreamPublished() {
    TopicPartition partition = createTopic("from-stream");

    await(Source.from(LINES).map(line -> record(partition, line)).runWith(sink(), node.system()));

    assertThat(readWithKafka(partition, RECORDS)).containsExactlyElementsOf(LINES);
  }

  @Test
  void shouldStreamWhatKafkaClientsPublished() {
    TopicPartition partition = createTopic("from-kafka");
    publishWithKafka(partition, LINES);

    assertThat(stream(Subscriptions.assignment(partition), RECORDS))
        .containsExactlyElementsOf(LINES);
    assertThat(stream(Subscriptions.assignmentWithOffset(partition, RECORDS - 2L), 2))
        .containsExactlyElementsOf(LINES.subList(RECORDS - 2, RECORDS));
  }

  @Test
  void shouldStreamFromATime() {
    TopicPartition partition = createTopic("from-time");
    await(
        Source.range(0, 9)
            .map(
                i ->
                    new ProducerRecord<String, String>(
                        partition.topic(), 0, 1_000L + i, null, "at " + i))
            .runWith(sink(), node.system()));

    var subscription = Subscriptions.assignmentOffsetsForTimes(Map.of(partition, 1_007L));

    assertThat(stream(subscription, 3)).containsExactly("at 7", "at 8", "at 9");
  }

  @Test
  void shouldWaitAtTheEndForRecordsToCome() {
    TopicPartition partition = createTopic("at-the-end");
    CompletionStage<List<String>> tail =
        values(Subscriptions.assignment(partition), 3, settings(OffsetReset.EARLIEST));

    publishWithKafka(partition, List.of("a", "b", "c"));

    assertThat(await(tail)).containsExactly("a", "b", "c");
  }

  @Test
  void shouldKeepKeysHeadersAndNulls() {
    TopicPartition partition = createTopic("whole-records");
    var record = new ProducerRecord<String, String>(partition.topic(), 0, 5L, "key", null);
    record.headers().add("trace", "id".getBytes(StandardCharsets.UTF_8)).add("empty", null);

    await(Source.single(record).runWith(sink(), node.system()));

    ConsumerRecord<String, String> read =
        await(
            Consumer.plainSource(
                    settings(OffsetReset.EARLIEST), Subscriptions.assignment(partition))
                .runWith(Sink.head(), node.system()));
    assertThat(read.key()).isEqualTo("key");
    assertThat(read.value()).isNull();
    assertThat(read.timestamp()).isEqualTo(5);
    assertThat(read.headers()).isEqualTo(record.headers());
  }

  @Test
  void shouldCompleteAStreamThatIsShutDown() {
    TopicPartition partition = createTopic("shut-down");
    Consumer.Control control =
        Consumer.plainSource(settings(OffsetReset.LATEST), Subscriptions.assignment(partition))
            .to(Sink.ignore())
            .run(node.system());

    await(control.shutdown());
  }

  private static List<String> accessLog() {
    Path file =
        Path.of(System.getProperty("castalia.home"))
            .resolve("examples/website-activity/src/main/resources/access.log.gz");
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProducerRecord<String, String> record(TopicPartition partition, String line) {
    return new ProducerRecord<>(partition.topic(), line, line);
  }

  private static Sink<ProducerRecord<String, String>, CompletionStage<org.apache.pekko.Done>>
      sink() {
    return Producer.plainSink(
        ProducerSettings.create(node.system(), new StringSerializer(), new StringSerializer()));
  }

  private static ConsumerSettings<String, String> settings(OffsetReset reset) {
    return ConsumerSettings.create(
            node.system(), new StringDeserializer(), new StringDeserializer())
        .withOffsetReset(reset);
  }

  private static List<String> stream(Subscription subscription, int count) {
    return await(values(subscription, count, settings(OffsetReset.EARLIEST)));
  }

  private static CompletionStage<List<String>> values(
      Subscription subscription, int count, ConsumerSettings<String, String> settings) {
    return Consumer.plainSource(settings, subscription)
        .map(ConsumerRecord::value)
        .take(count)
        .runWith(Sink.seq(), node.system());
  }

  private static void publishWithKafka(TopicPartition partition, List<String> lines) {
    var strings = new StringSerializer();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", node.bootstrap()), strings, strings)) {
      for (String line : lines) {
        var unused = producer.send(record(partition, line));
      }
      producer.flush();
    }
  }

  private static List<String> readWithKafka(TopicPartition partition, int count) {
    var strings = new StringDeserializer();
    var values = new ArrayList<String>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", node.bootstrap()), strings, strings)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
