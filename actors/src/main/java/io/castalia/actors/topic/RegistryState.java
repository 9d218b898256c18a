package io.castalia.actors.topic;

import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * All that the registry remembers.
 *
 * @param version how many events led here
 * @param clusterId the cluster's id, or empty while it has none
 * @param topics all topics
 * @param brokerConfigs cluster-wide dynamic broker configuration
 * @param nextProducerId the first producer id that was never given out
 * @param deleting deleted topics whose logs are not all gone
 */
record RegistryState(
    long version,
    String clusterId,
    TopicTable topics,
    Map<String, String> brokerConfigs,
    long nextProducerId,
    Map<Uuid, Purge> deleting)
    implements TopicMessage {
  static final RegistryState EMPTY =
      new RegistryState(0, "", TopicTable.EMPTY, Map.of(), 0, Map.of());

  RegistryState {
    brokerConfigs = Map.copyOf(brokerConfigs);
    deleting = Map.copyOf(deleting);
  }

  /** The state after an event. */
  RegistryState after(RegistryEvent event) {
    RegistryDraft draft = new RegistryDraft(this);
    event.changes().forEach(draft::apply);
    return draft.next();
  }

  /**
   * How far the removal of a deleted topic's logs has come.
   *
   * @param next the logs of all partitions below this are gone
   * @param partitions how many partitions the topic had
   */
  record Purge(int next, int partitions) {}
}
