package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.api.BrokerCommand;
import io.castalia.api.BrokerReply;
import io.castalia.api.BrokerReply.Produced;
import io.castalia.api.CastaliaClient;
import io.castalia.api.InboundRecord;
import io.castalia.api.OutboundRecord;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java services and Kafka clients meet in one log; what they publish is a web server's. */
class ServiceStreamsTest {
  private static final int SECONDS = 90;
  private static final List<String> LINES = accessLog();
  private static final int RECORDS = LINES.size();

  @TempDir private static Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @SuppressWarnings("NullAway.Init")
  private static CastaliaClient client;

  @BeforeAll
  static void start() {
    node = TestNode.startInMemory(directory);
    client = CastaliaClient.create(node.system(), Duration.ofSeconds(SECONDS));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void shouldLetKafkaClientsReadWhatAStreamPublished() {
    TopicPartition partition = createTopic("from-stream");

    await(Source.from(LINES).map(line -> record(partition, line)).runWith(sink(), node.system()));

    assertThat(readWithKafka(partition, RECORDS)).containsExactlyElementsOf(LINES);
  }

  @Test
  void shouldPublishToThePartitionThatKafkaClientsChoose() throws Exception {
    await(client.createTopic("by-key", 7, Map.of()));
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", node.bootstrap()),
            new StringSerializer(),
            new StringSerializer())) {
      for (String key : List.of("a", "b", "c", "d", "e", "f")) {
        var ours =
            new OutboundRecord(
                ByteString.fromString(key), ByteString.fromString("ours"), 1, List.of());
        await(client.produce("by-key", ours));
        var theirs = producer.send(new ProducerRecord<>("by-key", key, "theirs")).get();

        assertThat(
                await(
                        client.fetch(
                            new TopicPartition("by-key", theirs.partition()),
                            theirs.offset() - 1,
                            1_000,
                            Duration.ofSeconds(1)))
                    .records()
                    .get(0))
            .returns(ours.key(), InboundRecord::key)
            .returns(ours.value(), InboundRecord::value);
      }
    }
  }

  @Test
  void shouldPublishABatchToThePartitionsOfItsKeys() {
    await(client.createTopic("batches", 3, Map.of()));
    List<OutboundRecord> batch =
        Stream.of("a", "b", "c", "d", "e", "f", "a", "b")
            .map(
                key ->
                    new OutboundRecord(
                        ByteString.fromString(key), ByteString.fromString(key), 1, List.of()))
            .toList();

    Map<TopicPartition, Produced> produced = await(client.produce("batches", batch));

    assertThat(produced.keySet()).hasSizeBetween(2, 3);
    assertThat(produced.values()).allMatch(each -> each.baseOffset() == 0);
    List<InboundRecord> read =
        produced.keySet().stream()
            .flatMap(
                partition ->
                    await(client.fetch(partition, 0, 10_000, Duration.ofSeconds(1)))
                        .records()
                        .stream())
            .toList();
    assertThat(read)
        .extracting(InboundRecord::value)
        .containsExactlyInAnyOrderElementsOf(batch.stream().map(OutboundRecord::value).toList());
    assertThatThrownBy(() -> client.produce("batches", List.of()))
        .hasMessage("expected at least one record, but there was none");
  }

  @Test
  void shouldAlterATopic() {
    await(client.createTopic("altered", 1, Map.of("retention.ms", "5000")));

    assertThat(await(client.createPartitions("altered", 3)).partitions()).isEqualTo(3);
    assertThat(
            await(
                    client.alterTopicConfigs(
                        "altered", Map.of("max.message.bytes", "1000"), Set.of("retention.ms")))
                .configs())
        .isEqualTo(Map.of("max.message.bytes", "1000"));

    assertThatThrownBy(() -> await(client.createPartitions("altered", 2)))
        .hasCauseInstanceOf(InvalidPartitionsException.class);
    assertThatThrownBy(
            () -> await(client.alterTopicConfigs("altered", Map.of("retention", "1"), Set.of())))
        .hasCauseInstanceOf(InvalidConfigurationException.class);
    assertThatThrownBy(() -> await(client.createPartitions("none", 2)))
        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    assertThat(await(client.describeTopic("altered")).partitions()).isEqualTo(3);
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
    await(client.createTopic("from-time", 1, Map.of("retention.ms", "-1")));
    TopicPartition partition = new TopicPartition("from-time", 0);
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
  void shouldTakeAndGiveRecordsByMessage() {
    TopicPartition partition = createTopic("by-message");
    var first = new OutboundRecord(null, ByteString.fromString("first"), 1, List.of());
    var second = new OutboundRecord(null, ByteString.fromString("second"), 2, List.of());

    BrokerReply produced =
        ask(
            replyTo ->
                new BrokerCommand.Produce(
                    partition, List.of(first, second), Optional.empty(), replyTo));
    BrokerReply fetched =
        ask(replyTo -> new BrokerCommand.Fetch(partition, 1, 1_000, Duration.ZERO, replyTo));

    assertThat(produced).isEqualTo(new BrokerReply.Produced(0));
    assertThat(fetched)
        .isEqualTo(
            new BrokerReply.Fetched(
                List.of(new InboundRecord(1, 2, null, second.value(), List.of())), 2, 2, 0));
  }

  private static BrokerReply ask(Function<ActorRef<BrokerReply>, BrokerCommand> question) {
    CompletionStage<Receptionist.Listing> listing =
        AskPattern.ask(
            node.system().receptionist(),
            replyTo -> Receptionist.find(BrokerCommand.SERVICE_KEY, replyTo),
            Duration.ofSeconds(SECONDS),
            node.system().scheduler());
    ActorRef<BrokerCommand> broker =
        await(listing).getServiceInstances(BrokerCommand.SERVICE_KEY).iterator().next();
    return await(
        AskPattern.ask(broker, question, Duration.ofSeconds(SECONDS), node.system().scheduler()));
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

  @Test
  void shouldFailWithKafkasExceptions() {
    createTopic("twice");

    assertThatThrownBy(() -> createTopic("twice"))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(TopicExistsException.class);
    assertThatThrownBy(() -> await(client.describeTopic("nowhere")))
        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
  }

  private static TopicPartition createTopic(String name) {
    await(client.createTopic(name, 1, Map.of()));
    return new TopicPartition(name, 0);
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

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }
}
