package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.castalia.api.BrokerReply.Fetched;
import io.castalia.api.CastaliaClient;
import io.castalia.api.OutboundRecord;
import io.castalia.persistence.embedded.FreePorts;
import io.castalia.streams.Committer;
import io.castalia.streams.CommitterSettings;
import io.castalia.streams.Consumer;
import io.castalia.streams.ConsumerSettings;
import io.castalia.streams.OffsetReset;
import io.castalia.streams.Producer;
import io.castalia.streams.ProducerSettings;
import io.castalia.streams.Subscriptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.BrokerNotAvailableException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is no member of the cluster, and knows a node of it. */
class ServiceOutsideTest {
  private static final int SECONDS = 60;
  private static final int LARGE = 900_000;

  @TempDir private static Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @SuppressWarnings("NullAway.Init")
  private static ActorSystem<Void> service;

  @BeforeAll
  static void start() {
    int port = FreePorts.next();
    node =
        TestNode.startInMemory(
            directory,
            Map.of(
                "castalia.cluster.port",
                port,
                "castalia.cluster.seed-nodes",
                List.of("127.0.0.1:" + port)));
    service = service(List.of("127.0.0.1:" + FreePorts.next(), "127.0.0.1:" + port));
  }

  @AfterAll
  static void stop() {
    service.terminate();
    node.close();
  }

  @Test
  void shouldPublishAndFetchWithoutBeingAMember() {
    CastaliaClient client = CastaliaClient.create(service, Duration.ofSeconds(SECONDS));
    join(client.createTopic("pictures", 1, Map.of()));
    TopicPartition partition = new TopicPartition("pictures", 0);
    ByteString picture = ByteString.fromArray(new byte[LARGE]);

    join(
        client.produce(
            partition, List.of(new OutboundRecord(null, picture, 1, List.of())), Optional.empty()));
    Fetched fetched = join(client.fetch(partition, 0, 2 * LARGE, Duration.ZERO));

    assertThat(fetched.records()).singleElement().returns(picture, each -> each.value());
    assertThat(Cluster.get(node.system()).state().getMembers()).hasSize(1);
  }

  @Test
  void shouldBeAMemberOfAGroup() throws Exception {
    CastaliaClient client = CastaliaClient.create(service, Duration.ofSeconds(SECONDS));
    join(client.createTopic("orders", 2, Map.of()));
    List<String> orders = IntStream.range(0, 100).mapToObj(number -> "order " + number).toList();
    join(
        Source.from(orders)
            .map(order -> new ProducerRecord<>("orders", order, order))
            .runWith(
                Producer.plainSink(
                    ProducerSettings.create(
                        service, new StringSerializer(), new StringSerializer())),
                service));

    List<String> read = new CopyOnWriteArrayList<>();
    join(
        Consumer.committableSource(settings(), Subscriptions.topics("orders"))
            .take(orders.size())
            .map(
                message -> {
                  read.add(message.record().value());
                  return message.committableOffset();
                })
            .runWith(Committer.sink(CommitterSettings.create()), service));

    assertThat(read).containsExactlyInAnyOrderElementsOf(orders);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", node.bootstrap()))) {
      assertThat(
              admin
                  .listConsumerGroupOffsets("billing")
                  .partitionsToOffsetAndMetadata()
                  .get()
                  .values()
                  .stream()
                  .mapToLong(offset -> offset.offset())
                  .sum())
          .isEqualTo(orders.size());
    }
  }

  @Test
  void shouldSayWhichContactPointsDidNotAnswer() {
    String nobody = "127.0.0.1:" + FreePorts.next();
    ActorSystem<Void> alone = service(List.of(nobody));
    try {
      CastaliaClient client = CastaliaClient.create(alone, Duration.ofSeconds(1));

      assertThatThrownBy(() -> join(client.listTopics()))
          .hasCauseInstanceOf(BrokerNotAvailableException.class)
          .hasMessageContaining(
              "to listen for members of its cluster at one of [%s] (castalia.client.contact-points)"
                  .formatted(nobody));
    } finally {
      alone.terminate();
    }
  }

  @Test
  void shouldRefuseContactPointsThatAreNone() {
    ActorSystem<Void> wrong = service(List.of("node-1"));
    try {
      assertThatThrownBy(() -> CastaliaClient.create(wrong, Duration.ofSeconds(1)))
          .hasMessage(
              "expected each of castalia.client.contact-points to be HOST:PORT, but one is"
                  + " \"node-1\"");
    } finally {
      wrong.terminate();
    }
  }

  private static ConsumerSettings<String, String> settings() {
    return ConsumerSettings.create(service, new StringDeserializer(), new StringDeserializer())
        .withGroupId("billing")
        .withOffsetReset(OffsetReset.EARLIEST);
  }

  /** As the page on streams shows. */
  private static ActorSystem<Void> service(List<String> contactPoints) {
    Map<String, Object> own =
        Map.of(
            "pekko.remote.artery.canonical.hostname",
            "127.0.0.1",
            "pekko.remote.artery.canonical.port",
            0,
            "castalia.client.contact-points",
            contactPoints);
    return ActorSystem.create(
        Behaviors.empty(),
        "billing",
        ConfigFactory.parseMap(own).withFallback(ConfigFactory.load("castalia-outside")));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }
}
