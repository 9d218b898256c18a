package io.castalia.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.testkit.workload.Recorder;
import io.castalia.testkit.workload.RecordingConsumer;
import io.castalia.testkit.workload.RecordingProducer;
import io.castalia.testkit.workload.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two halves of a cluster that each take the other for dead, and take turns at the same log. */
class SplitBrainTest {
  private static final String TOPIC = "t";
  private static final int ROUNDS = 10;
  private static final int RECORDS = 5;

  private final Recorder recorder = new Recorder();

  @SuppressWarnings("NullAway.Init")
  private SimulatedCluster cluster;

  @BeforeEach
  void start() {
    cluster =
        SimulatedCluster.builder()
            .nodes(3)
            .resolver(SplitResolver.EACH_SIDE_GOES_ON)
            .topic(TOPIC, 1)
            .start();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void shouldKeepOneLogWhenBothSidesOfASplitOwnIt() throws Exception {
    int alone = cluster.awaitLeader(TOPIC, 0);
    Set<Integer> others = cluster.membersSeenBy(alone);
    others.remove(alone);

    cluster.isolate(alone);
    cluster.await("the one to go on alone", () -> sees(alone, Set.of(alone)));
    cluster.await("the others, too", () -> others.stream().allMatch(node -> sees(node, others)));
    int other = others.iterator().next();
    try (Side one = new Side("one", alone);
        Side two = new Side("two", other)) {
      for (int round = 0; round < ROUNDS; round++) {
        one.work();
        two.work();
        one.await();
        two.await();
      }
      assertThat(cluster.leaderSeenBy(alone, TOPIC, 0)).hasValue(alone);
      assertThat(others).contains(cluster.leaderSeenBy(other, TOPIC, 0).orElseThrow());
    }
    cluster.heal();
    cluster.crash(alone);
    cluster.restart(alone);
    cluster.awaitMembers();
    // An owner whose log was taken finds that out when it writes, and shows no more until then.
    try (Side last = new Side("last", other)) {
      last.work();
      last.await();
    }

    Verdict verdict = recorder.judge(consumer(other), TOPIC);
    assertThat(verdict.isClean()).as(verdict + "\n" + cluster).isTrue();
    assertThat(verdict.refusals()).isEmpty();
    assertThat(verdict.acknowledged()).isEqualTo((2L * ROUNDS + 1) * RECORDS);
  }

  private boolean sees(int node, Set<Integer> members) {
    return cluster.membersSeenBy(node).equals(members);
  }

  private KafkaConsumer<String, String> consumer(int node) {
    return new KafkaConsumer<>(config(node), new StringDeserializer(), new StringDeserializer());
  }

  private Map<String, Object> config(int node) {
    Map<String, Object> config = new HashMap<>(cluster.clientConfig());
    config.put("bootstrap.servers", cluster.bootstrapServers(node));
    return config;
  }

  /** Clients that know of one side only. */
  private final class Side implements AutoCloseable {
    private final RecordingProducer<String, String> producer;
    private final RecordingConsumer<String, String> reader;

    private Side(String name, int node) {
      producer =
          recorder.producer(
              name,
              new KafkaProducer<>(config(node), new StringSerializer(), new StringSerializer()));
      reader = recorder.consumer(name, consumer(node));
      reader.readAll(List.of(new TopicPartition(TOPIC, 0)));
    }

    private void work() {
      for (int number = 0; number < RECORDS; number++) {
        var unused = producer.send(new ProducerRecord<>(TOPIC, 0, null, "v"));
      }
    }

    private void await() {
      producer.flush();
      var unused = reader.poll(Duration.ofMillis(10));
    }

    @Override
    public void close() {
      producer.close();
      reader.close();
    }
  }
}
