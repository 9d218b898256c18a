package io.castalia.actors.topic;

import io.castalia.actors.topic.RegistryChange.BrokersAltered;
import io.castalia.actors.topic.RegistryChange.ClusterNamed;
import io.castalia.actors.topic.RegistryChange.PartitionsPurged;
import io.castalia.actors.topic.RegistryChange.ProducerIdsAllocated;
import io.castalia.actors.topic.RegistryChange.TopicDeleted;
import io.castalia.actors.topic.RegistryState.Purge;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/** A registry state in the making: what a batch of requests sees of those before it. */
final class RegistryDraft {
  private final long version;
  private final TopicTable.Editor topics;
  private final Map<Uuid, Purge> deleting;
  private String clusterId;
  private Map<String, String> brokerConfigs;
  private long nextProducerId;

  RegistryDraft(RegistryState state) {
    this.version = state.version();
    this.topics = state.topics().edit();
    this.deleting = new HashMap<>(state.deleting());
    this.clusterId = state.clusterId();
    this.brokerConfigs = state.brokerConfigs();
    this.nextProducerId = state.nextProducerId();
  }

  TopicTable topics() {
    return topics.table();
  }

  Map<String, String> brokerConfigs() {
    return brokerConfigs;
  }

  String clusterId() {
    return clusterId;
  }

  long nextProducerId() {
    return nextProducerId;
  }

  Optional<Purge> deleting(Uuid id) {
    return Optional.ofNullable(deleting.get(id));
  }

  void apply(RegistryChange change) {
    if (change instanceof TopicDeleted deleted) {
      topics()
          .byId(deleted.id())
          .ifPresent(topic -> deleting.put(topic.id(), new Purge(0, topic.partitions())));
      topics.apply(change);
    } else if (change instanceof ClusterNamed named) {
      clusterId = named.id();
    } else if (change instanceof BrokersAltered altered) {
      brokerConfigs = altered.configs();
    } else if (change instanceof ProducerIdsAllocated allocated) {
      nextProducerId = allocated.next();
    } else if (change instanceof PartitionsPurged purged) {
      deleting.computeIfPresent(purged.id(), (id, purge) -> advance(purge, purged.next()));
    } else {
      topics.apply(change);
    }
  }

  /** The state that one event with the changes so far leads to. */
  RegistryState next() {
    return new RegistryState(
        version + 1, clusterId, topics.table(), brokerConfigs, nextProducerId, deleting);
  }

  @SuppressWarnings("NullAway") // null is how a map's entry is removed here
  private static Purge advance(Purge purge, int next) {
    return next >= purge.partitions() ? null : new Purge(next, purge.partitions());
  }
}
