package io.castalia.bench.cluster;

import io.castalia.bench.load.Load;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.RetriableException;

/** Who leads which partitions, as clients are told. */
final class LeaderView implements AutoCloseable {

  private static final TopicDescription NONE = new TopicDescription("", false, List.of());

  private final Admin admin;
  private final Load load;

  LeaderView(String bootstrap, Load load) {
    this.admin = ImpatientAdmin.of(bootstrap);
    this.load = load;
  }

  /** How many partitions each node leads; empty while nobody answers. */
  Map<Integer, Integer> counts() {
    Map<Integer, Integer> counts = new HashMap<>();
    try {
      for (TopicPartitionInfo partition :
          admin
              .describeTopics(List.of(load.topic()))
              .allTopicNames()
              .get()
              .getOrDefault(load.topic(), NONE)
              .partitions()) {
        if (partition.leader() != null) {
          counts.merge(partition.leader().id(), 1, Integer::sum);
        }
      }
      return counts;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RetriableException) {
        return Map.of();
      }
      throw new IllegalStateException("expected to be told the leaders", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for the leaders", e);
    }
  }

  /**
   * Whether a node leads about as many partitions as it would if all nodes led the same number.
   *
   * @param nodes that there are
   */
  boolean hasFairShare(int node, int nodes) {
    int fair = load.partitions() / nodes;
    return counts().getOrDefault(node, 0) >= Math.max(1, fair * 3 / 4);
  }

  @Override
  public void close() {
    admin.close();
  }
}
