package io.castalia.actors.topic;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** What the registry can be asked to change. */
sealed interface RegistryRequest {

  /** Characters of names and values in this request. */
  default int chars() {
    return 0;
  }

  /**
   * Creates a topic.
   *
   * @param partitions -1 for the default
   */
  record CreateTopic(String name, int partitions, Map<String, String> configs)
      implements RegistryRequest {
    public CreateTopic {
      configs = Map.copyOf(configs);
    }

    @Override
    public int chars() {
      int chars = name.length();
      for (Map.Entry<String, String> config : configs.entrySet()) {
        chars += config.getKey().length() + config.getValue().length();
      }
      return chars;
    }
  }

  record DeleteTopic(Uuid id) implements RegistryRequest {}

  /** Grows a topic to {@code count} partitions. */
  record GrowTopic(String name, int count) implements RegistryRequest {
    @Override
    public int chars() {
      return name.length();
    }
  }

  record AlterTopic(String name, List<ConfigChange> changes) implements RegistryRequest {
    public AlterTopic {
      changes = List.copyOf(changes);
    }

    @Override
    public int chars() {
      return name.length() + charsOf(changes);
    }
  }

  record AlterBrokers(List<ConfigChange> changes) implements RegistryRequest {
    public AlterBrokers {
      changes = List.copyOf(changes);
    }

    @Override
    public int chars() {
      return charsOf(changes);
    }
  }

  /** Takes a block of {@link RegistryLimits#PRODUCER_ID_BLOCK} producer ids. */
  record AllocateProducerIds() implements RegistryRequest {}

  /** Gives the cluster its id, unless it has one. */
  record NameCluster(String id) implements RegistryRequest {}

  /** Records that the logs of a deleted topic's partitions below {@code next} are gone. */
  record RecordPurge(Uuid id, int next) implements RegistryRequest {}

  private static int charsOf(List<ConfigChange> changes) {
    return changes.stream()
        .mapToInt(change -> change.name().length() + change.value().length())
        .sum();
  }
}
