package io.castalia.bench.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** What an operator of Kafka does when brokers come, with the tools that it has for that. */
final class KafkaOperator implements AutoCloseable {

  private static final int REPLICAS = 3;

  private final Admin admin;

  KafkaOperator(String bootstrap) {
    this.admin = ImpatientAdmin.of(bootstrap);
  }

  /** Whether a broker is one of the cluster. */
  boolean sees(int id) {
    return get(admin.describeCluster().nodes())
        .filter(nodes -> nodes.stream().anyMatch(node -> node.id() == id))
        .isPresent();
  }

  /**
   * Spreads a topic's replicas over all brokers, unless one of them has some already.
   *
   * @param all ids from 1 up to this
   */
  void giveReplicas(int id, int all, String topic) {
    List<TopicPartitionInfo> partitions = partitions(topic);
    boolean has =
        partitions.stream()
            .anyMatch(each -> each.replicas().stream().anyMatch(replica -> replica.id() == id));
    if (has || !sees(id)) {
      return;
    }
    Map<TopicPartition, Optional<NewPartitionReassignment>> wanted = new HashMap<>();
    for (TopicPartitionInfo each : partitions) {
      List<Integer> replicas =
          IntStream.range(each.partition(), each.partition() + REPLICAS)
              .mapToObj(index -> 1 + index % all)
              .toList();
      wanted.put(
          new TopicPartition(topic, each.partition()),
          Optional.of(new NewPartitionReassignment(replicas)));
    }
    get(admin.alterPartitionReassignments(wanted).all());
  }

  /** Has the first replica of each partition lead, where that has caught up. */
  void electPreferred(String topic) {
    Set<TopicPartition> all =
        partitions(topic).stream()
            .map(each -> new TopicPartition(topic, each.partition()))
            .collect(Collectors.toSet());
    get(admin.electLeaders(ElectionType.PREFERRED, all).partitions());
  }

  private List<TopicPartitionInfo> partitions(String topic) {
    return get(admin.describeTopics(List.of(topic)).allTopicNames())
        .map(topics -> topics.get(topic))
        .map(TopicDescription::partitions)
        .orElse(List.of());
  }

  /** Nothing where it did not work this time; whoever asks does so again. */
  private static <T> Optional<T> get(KafkaFuture<T> future) {
    try {
      return Optional.ofNullable(future.get());
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Kafka", e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
