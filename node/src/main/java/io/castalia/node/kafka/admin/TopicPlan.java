package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.TopicResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignment;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.protocol.Errors;

/**
 * What a CreateTopics request says of one topic, apart from what only the registry can judge (the
 * name and the configurations).
 *
 * <p>Any replication factor from 1 up is taken: records are replicated in the store, as its
 * keyspace says, whatever the number of nodes. Clients are told 1, the number of nodes that serve a
 * partition, so that this agrees with the replicas in the topic's metadata.
 *
 * @param partitions how many, or -1 for the default
 * @param configs overrides by Kafka's names
 */
record TopicPlan(int partitions, Map<String, String> configs) {
  private static final int DEFAULT = -1;

  TopicPlan {
    configs = Map.copyOf(configs);
  }

  /** Why {@code topic} cannot be created as specified, if so. */
  static Optional<TopicResult> refusal(CreatableTopic topic, Set<Integer> nodes) {
    return nullConfigRefusal(topic)
        .or(
            () ->
                topic.assignments().isEmpty()
                    ? countRefusal(topic)
                    : assignmentRefusal(topic, nodes));
  }

  /** The plan for a topic without {@link #refusal}. */
  static TopicPlan of(CreatableTopic topic) {
    Map<String, String> configs = new HashMap<>();
    topic.configs().forEach(config -> configs.put(config.name(), config.value()));
    int partitions =
        topic.assignments().isEmpty() ? topic.numPartitions() : topic.assignments().size();
    return new TopicPlan(partitions, configs);
  }

  private static Optional<TopicResult> nullConfigRefusal(CreatableTopic topic) {
    return topic.configs().stream()
        .filter(config -> config.value() == null)
        .map(CreatableTopicConfig::name)
        .findFirst()
        .flatMap(
            name ->
                refuse(
                    Errors.INVALID_CONFIG,
                    "Expected a value for configuration \"" + name + "\", but it was null"));
  }

  private static Optional<TopicResult> countRefusal(CreatableTopic topic) {
    if (topic.numPartitions() < 1 && topic.numPartitions() != DEFAULT) {
      return refuse(
          Errors.INVALID_PARTITIONS,
          "Expected at least 1 partition, or -1 for the default, but it was "
              + topic.numPartitions());
    }
    if (topic.replicationFactor() < 1 && topic.replicationFactor() != DEFAULT) {
      return refuse(
          Errors.INVALID_REPLICATION_FACTOR,
          "Expected a replication factor of at least 1, or -1 for the default, but it was "
              + topic.replicationFactor());
    }
    return Optional.empty();
  }

  private static Optional<TopicResult> assignmentRefusal(CreatableTopic topic, Set<Integer> nodes) {
    if (topic.numPartitions() != DEFAULT || topic.replicationFactor() != DEFAULT) {
      return refuse(
          Errors.INVALID_REQUEST,
          ("Expected -1 partitions and replication factor -1 beside an assignment by hand, but"
                  + " they were %d and %d")
              .formatted(topic.numPartitions(), topic.replicationFactor()));
    }
    TreeSet<Integer> indexes = new TreeSet<>();
    topic.assignments().forEach(assignment -> indexes.add(assignment.partitionIndex()));
    int count = topic.assignments().size();
    if (indexes.size() != count || indexes.first() != 0 || indexes.last() != count - 1) {
      return refuse(
          Errors.INVALID_REPLICA_ASSIGNMENT,
          "Expected partitions 0 to %d once each, but they were %s".formatted(count - 1, indexes));
    }
    List<List<Integer>> replicas =
        topic.assignments().stream().map(CreatableReplicaAssignment::brokerIds).toList();
    return ReplicaAssignment.complaint(replicas, nodes)
        .flatMap(complaint -> refuse(Errors.INVALID_REPLICA_ASSIGNMENT, complaint));
  }

  private static Optional<TopicResult> refuse(Errors error, String message) {
    return Optional.of(TopicResult.refused(error, message));
  }
}
