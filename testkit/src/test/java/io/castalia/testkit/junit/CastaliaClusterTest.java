package io.castalia.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.testkit.cluster.NodeState;
import io.castalia.testkit.cluster.SimulatedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

class CastaliaClusterTest {

  @SuppressWarnings("NullAway.Init")
  @CastaliaCluster(
      nodes = 1,
      topics = {"orders:2", "audit"},
      settings = "castalia.groups.slots=1",
      seed = 11)
  private static SimulatedCluster cluster;

  @Test
  void shouldStartWhatTheAnnotationSays(Admin admin) throws Exception {
    assertThat(cluster.nodes()).containsExactly(1);
    assertThat(cluster.toString()).contains("seed 11");
    assertThat(cluster.system(1).settings().config().getInt("castalia.groups.slots")).isEqualTo(1);
    assertThat(admin.describeTopics(Set.of("orders", "audit")).allTopicNames().get().values())
        .extracting(topic -> topic.name() + ":" + topic.partitions().size())
        .containsExactlyInAnyOrder("orders:2", "audit:1");
  }

  @Test
  void shouldGiveClients(
      SimulatedCluster same, Producer<String, String> producer, Consumer<String, String> consumer)
      throws Exception {
    assertThat(same).isSameAs(cluster);
    var unused = producer.send(new ProducerRecord<>("audit", "k", "v")).get(60, TimeUnit.SECONDS);
    consumer.subscribe(List.of("audit"));
    List<String> read = new ArrayList<>();
    cluster.await(
        "the record",
        () -> {
          consumer.poll(Duration.ofMillis(50)).forEach(record -> read.add(record.value()));
          return !read.isEmpty();
        });
    assertThat(read).containsExactly("v");
  }

  @Test
  void shouldSayWhatIsWrongWithAnAnnotation() {
    assertThatThrownBy(() -> plan("noPartitions"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            "expected a topic as NAME or NAME:PARTITIONS at field \"noPartitions\", but got"
                + " \"t:0\"");
    assertThatThrownBy(() -> plan("noValue"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage("expected a setting as KEY=VALUE at field \"noValue\", but got \"key\"");
  }

  private static void plan(String field) throws NoSuchFieldException {
    var unused =
        ClusterPlan.of(
            Wrong.class.getDeclaredField(field).getAnnotation(CastaliaCluster.class), field);
  }

  @Test
  void shouldTellAFailedTestWhatTheClusterLookedLike() {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();

    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(Fails.class))
                .build(),
            summary);

    assertThat(summary.getSummary().getFailures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.getException())
                    .hasMessage("told to")
                    .satisfies(
                        thrown ->
                            assertThat(thrown.getSuppressed())
                                .singleElement()
                                .extracting(Throwable::getMessage)
                                .asString()
                                .contains("seed 12", "RUNNING, knows [1 Up]")));
    assertThat(Fails.kept().state(1)).isEqualTo(NodeState.STOPPED);
  }

  /** Run by a test only. */
  static final class Fails {
    @SuppressWarnings("NullAway.Init")
    @CastaliaCluster(nodes = 1, seed = 12)
    private static SimulatedCluster cluster;

    static SimulatedCluster kept() {
      return cluster;
    }

    @Test
    void shouldFail() {
      throw new IllegalStateException("told to");
    }
  }

  /** What nobody should write. */
  @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
  private static final class Wrong {
    @CastaliaCluster(topics = "t:0")
    private SimulatedCluster noPartitions;

    @CastaliaCluster(settings = "key")
    private SimulatedCluster noValue;
  }
}
