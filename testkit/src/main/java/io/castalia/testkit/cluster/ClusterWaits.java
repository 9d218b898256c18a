package io.castalia.testkit.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Waits until a cluster has come to be as a test wants it; gives up with the cluster's state. */
final class ClusterWaits {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TOUCH_INTERVAL = Duration.ofMillis(500);

  private final SimulatedNodes nodes;
  private final ClusterClients clients;
  private final Object state;

  /**
   * Waits for these nodes.
   *
   * @param state says in words what the cluster looks like
   */
  ClusterWaits(SimulatedNodes nodes, ClusterClients clients, Object state) {
    this.nodes = nodes;
    this.clients = clients;
    this.state = state;
  }

  void until(String what, BooleanSupplier condition) {
    boolean unused =
        Await.until(
            what,
            PATIENCE,
            () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty(),
            state);
  }

  /**
   * Creates a topic.
   *
   * @throws IllegalStateException if the cluster refuses it
   */
  void forNewTopic(String name, int partitions) {
    NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
    try (Admin admin = clients.patientAdmin()) {
      admin.createTopics(List.of(topic)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("expected to create topic \"" + name + "\"; " + state, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted when creating topic \"" + name + "\"", e);
    }
  }

  /** The id of the one running leader of whom all running nodes tell; asks for it meanwhile. */
  int leader(TopicPartition partition) {
    Touch touch = new Touch(partition);
    return Await.until(
        "all running nodes to agree on a running leader of " + partition,
        PATIENCE,
        () -> {
          Optional<Integer> leader = agreedLeader(partition);
          if (leader.isEmpty()) {
            touch.maybe();
          }
          return leader;
        },
        state);
  }

  /** Whether all running nodes see each other as members, and no others. */
  boolean isWhole() {
    List<SimulatedNode> running = nodes.running();
    return running.stream().allMatch(node -> Membership.of(node).isWhole(running.size()));
  }

  private Optional<Integer> agreedLeader(TopicPartition partition) {
    List<SimulatedNode> running = nodes.running();
    List<OptionalInt> views =
        running.stream().map(node -> LeaderView.of(node, partition)).distinct().toList();
    return views.size() == 1 && views.get(0).isPresent()
        ? Optional.of(views.get(0).getAsInt())
            .filter(leader -> running.stream().anyMatch(node -> node.id() == leader))
        : Optional.empty();
  }

  /** Asks a partition for its end now and then, whatever comes of it. */
  private final class Touch {
    private final TopicPartition partition;
    private long last = System.nanoTime() - TOUCH_INTERVAL.toNanos();

    private Touch(TopicPartition partition) {
      this.partition = partition;
    }

    private void maybe() {
      if (System.nanoTime() - last >= TOUCH_INTERVAL.toNanos()) {
        last = System.nanoTime();
        var unused = clients.admin().listOffsets(Map.of(partition, OffsetSpec.latest()));
      }
    }
  }
}
