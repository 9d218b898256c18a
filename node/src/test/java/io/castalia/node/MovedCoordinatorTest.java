package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.Committer;
import io.castalia.streams.CommitterSettings;
import io.castalia.streams.Consumer;
import io.castalia.streams.Consumer.DrainingControl;
import io.castalia.streams.ConsumerSettings;
import io.castalia.streams.OffsetReset;
import io.castalia.streams.Producer;
import io.castalia.streams.ProducerSettings;
import io.castalia.streams.Subscriptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;
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

  @TempDir private Path directory = Path.of("");
  private final Queue<String> processed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger produced = new AtomicInteger();

  @SuppressWarnings("NullAway.Init")
  private TestNode coordinator;

  @SuppressWarnings("NullAway.Init")
  private TestNode service;

  @SuppressWarnings("NullAway.Init")
  private GroupClients clients;

  @BeforeEach
  void start() throws Exception {
    int port = freePort();
    coordinator = node(1, port, port);
    service = node(2, freePort(), port);
    await().atMost(PATIENCE).until(() -> members(coordinator) == 2 && members(service) == 2);
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
          Address address = Cluster.get(coordinator.system()).selfMember().address();
          coordinator.system().terminate();
          await().atMost(PATIENCE).until(() -> coordinator.system().whenTerminated().isCompleted());
          Cluster.get(service.system()).manager().tell(new Down(address));
        });
  }

  private void goOnWithout(Runnable end) throws Exception {
    Pair<UniqueKillSwitch, CompletionStage<Done>> load = produce();
    DrainingControl<Done> first = stream();
    DrainingControl<Done> second = stream();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> clients.describe(TOPIC).members().size() == 2);
    await().atMost(PATIENCE).until(() -> processed.size() > RECORDS_A_SECOND);
    int epoch = clients.describe(TOPIC).groupEpoch().orElseThrow();

    end.run();
    await().atMost(PATIENCE).until(() -> members(service) == 1);
    int before = processed.size();
    await().atMost(PATIENCE).until(() -> processed.size() > before + RECORDS_A_SECOND);

    load.first().shutdown();
    join(load.second());
    await().atMost(PATIENCE).until(() -> processed.stream().distinct().count() == produced.get());
    assertThat(clients.describe(TOPIC).groupEpoch()).contains(epoch);
    join(first.drainAndShutdown());
    join(second.drainAndShutdown());
    assertThat(processed).hasSize(produced.get()).doesNotHaveDuplicates();
    assertThat(clients.committed(TOPIC)).isEqualTo(clients.ends(TOPIC, PARTITIONS));
  }

  private Pair<UniqueKillSwitch, CompletionStage<Done>> produce() {
    var strings = new StringSerializer();
    return Source.fromIterator(() -> IntStream.iterate(0, i -> i + 1).iterator())
        .throttle(RECORDS_A_SECOND, Duration.ofSeconds(1))
        .viaMat(KillSwitches.single(), Keep.right())
        .map(
            i -> {
              produced.incrementAndGet();
              return new ProducerRecord<String, String>(TOPIC, i % PARTITIONS, null, "record " + i);
            })
        .toMat(
            Producer.plainSink(ProducerSettings.create(service.system(), strings, strings)),
            Keep.both())
        .run(service.system());
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

  private static long members(TestNode node) {
    return Cluster.get(node.system()).state().members().size();
  }

  private TestNode node(int id, int port, int seedPort) {
    Map<String, Object> own = new HashMap<>();
    own.put("castalia.node-id", id);
    own.put("castalia.cluster.port", port);
    own.put("castalia.cluster.seed-nodes", List.of("127.0.0.1:" + seedPort));
    own.put("castalia.persistence.in-memory.name", directory.toString());
    own.put("castalia.groups.consumer.heartbeat-interval", "200ms");
    own.put("pekko.coordinated-shutdown.run-by-actor-system-terminate", "off");
    return TestNode.startInMemory(directory.resolve(String.valueOf(id)), own);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(90, TimeUnit.SECONDS).join();
  }
}
