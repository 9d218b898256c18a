package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.Committer;
import io.castalia.streams.CommitterSettings;
import io.castalia.streams.Consumer;
import io.castalia.streams.Consumer.DrainingControl;
import io.castalia.streams.ConsumerSettings;
import io.castalia.streams.OffsetReset;
import io.castalia.streams.Subscriptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams keep their places in a group whose coordinator goes to another node. */
class MovedCoordinatorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String TOPIC = "carried-over";
  private static final int PARTITIONS = 4;
  private static final int RECORDS_A_SECOND = 200;

  private static final Map<String, Object> SETTINGS =
      Map.of("castalia.groups.consumer.heartbeat-interval", "200ms");

  @TempDir private Path directory = Path.of("");
  private final Queue<String> processed = new ConcurrentLinkedQueue<>();

  @SuppressWarnings("NullAway.Init")
  private TestNode coordinator;

  @SuppressWarnings("NullAway.Init")
  private TestNode service;

  @SuppressWarnings("NullAway.Init")
  private GroupClients clients;

  @BeforeEach
  void start() throws Exception {
    TestCluster nodes = TestCluster.in(directory);
    coordinator = nodes.start(1, SETTINGS);
    service = nodes.start(2, SETTINGS);
    await().atMost(PATIENCE).until(() -> coordinator.members() == 2 && service.members() == 2);
    clients = new GroupClients(service);
    clients.admin().createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get();
  }

  @AfterEach
  void stop() {
    clients.close();
    service.close();
    coordinator.close();
  }

  @Test
  void shouldGoOnWhenTheCoordinatorsNodeLeaves() throws Exception {
    goOnWithout(coordinator::close);
  }

  @Test
  void shouldGoOnWhenTheCoordinatorsNodeDies() throws Exception {
    goOnWithout(
        () -> {
          Address address = coordinator.address();
          coordinator.crash();
          service.declareDown(address);
        });
  }

  private void goOnWithout(Runnable end) throws Exception {
    RecordLoad load = RecordLoad.start(service.system(), TOPIC, PARTITIONS, RECORDS_A_SECOND);
    DrainingControl<Done> first = stream();
    DrainingControl<Done> second = stream();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> clients.describe(TOPIC).members().size() == 2);
    await().atMost(PATIENCE).until(() -> processed.size() > RECORDS_A_SECOND);
    int epoch = clients.describe(TOPIC).groupEpoch().orElseThrow();

    end.run();
    await().atMost(PATIENCE).until(() -> service.members() == 1);
    int before = processed.size();
    await().atMost(PATIENCE).until(() -> processed.size() > before + RECORDS_A_SECOND);

    int produced = load.stop();
    await().atMost(PATIENCE).until(() -> processed.stream().distinct().count() == produced);
    assertThat(clients.describe(TOPIC).groupEpoch()).contains(epoch);
    join(first.drainAndShutdown());
    join(second.drainAndShutdown());
    assertThat(processed).hasSize(produced).doesNotHaveDuplicates();
    assertThat(clients.committed(TOPIC)).isEqualTo(clients.ends(TOPIC, PARTITIONS));
  }

  private DrainingControl<Done> stream() {
    ConsumerSettings<String, String> settings =
        ConsumerSettings.create(
                service.system(), new StringDeserializer(), new StringDeserializer())
            .withGroupId(TOPIC)
            .withOffsetReset(OffsetReset.EARLIEST);
    return Consumer.committableSource(settings, Subscriptions.topics(TOPIC))
        .map(
            message -> {
              processed.add(message.record().value());
              return message.committableOffset();
            })
        .toMat(
            Committer.sink(CommitterSettings.create().withMaxInterval(Duration.ofMillis(100))),
            Consumer::createDrainingControl)
        .run(service.system());
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(90, TimeUnit.SECONDS).join();
  }
}
