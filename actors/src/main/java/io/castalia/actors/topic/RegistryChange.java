package io.castalia.actors.topic;

import java.util.Map;
import org.apache.kafka.common.Uuid;

/** One thing that has changed in the registry. Persisted, and replicated to every node. */
sealed interface RegistryChange {

  /** Roughly how many bytes this takes in a message, never far too few. */
  default int weight() {
    return Weights.FIXED;
  }

  record ClusterNamed(String id) implements RegistryChange {}

  record TopicCreated(TopicDescription topic) implements RegistryChange {
    @Override
    public int weight() {
      return Weights.of(topic);
    }
  }

  record TopicDeleted(Uuid id) implements RegistryChange {}

  record TopicGrown(Uuid id, int partitions) implements RegistryChange {}

  /** All overrides of a topic after the change. */
  record TopicAltered(Uuid id, Map<String, String> configs) implements RegistryChange {
    public TopicAltered {
      configs = Map.copyOf(configs);
    }

    @Override
    public int weight() {
      return Weights.of(configs);
    }
  }

  /** All cluster-wide overrides after the change. */
  record BrokersAltered(Map<String, String> configs) implements RegistryChange {
    public BrokersAltered {
      configs = Map.copyOf(configs);
    }

    @Override
    public int weight() {
      return Weights.of(configs);
    }
  }

  /** Producer ids below {@code next} have been given out. */
  record ProducerIdsAllocated(long next) implements RegistryChange {}

  /** The logs of a deleted topic's partitions below {@code next} are gone. */
  record PartitionsPurged(Uuid id, int next) implements RegistryChange {}
}
