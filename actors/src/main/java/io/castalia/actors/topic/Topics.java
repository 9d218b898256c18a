package io.castalia.actors.topic;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Uuid;

/**
 * The node's way to the topic registry. Reads are local ({@link #catalog()}); changes go to the
 * cluster singleton. Stages never fail for what the registry can answer; a registry that cannot be
 * reached is a retriable code.
 */
public interface Topics {

  /** The latest snapshot on this node; cheap. */
  TopicCatalog catalog();

  /**
   * Creates a topic.
   *
   * @param partitions -1 for the default
   * @param configs overrides by Kafka's names
   * @param validateOnly check everything, change nothing
   */
  CompletionStage<TopicResult> create(
      String name, int partitions, Map<String, String> configs, boolean validateOnly);

  CompletionStage<TopicResult> delete(Uuid topicId);

  /** Grows a topic to {@code count} partitions. */
  CompletionStage<TopicResult> createPartitions(String name, int count, boolean validateOnly);

  CompletionStage<TopicResult> alterConfigs(
      String name, List<ConfigChange> changes, boolean validateOnly);

  /** Changes the cluster-wide dynamic broker configuration. */
  CompletionStage<TopicResult> alterBrokerConfigs(List<ConfigChange> changes, boolean validateOnly);

  /** A producer id that was never given out before in this cluster. */
  CompletionStage<Long> nextProducerId();

  /** The id of this cluster: made once, kept for ever. */
  String clusterId();
}
