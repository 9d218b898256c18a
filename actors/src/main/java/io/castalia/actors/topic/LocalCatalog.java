package io.castalia.actors.topic;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/** One version of the catalog on this node. */
record LocalCatalog(
    long version,
    String clusterId,
    TopicTable topics,
    Map<String, String> brokerConfigs,
    Map<String, String> staticBrokerConfigs,
    Map<String, String> effectiveBrokerConfigs)
    implements TopicCatalog {
  /** The version of a node that has not heard from the registry. */
  static final long UNKNOWN = -1;

  static LocalCatalog empty(Map<String, String> staticBrokerConfigs) {
    return of(UNKNOWN, "", TopicTable.EMPTY, Map.of(), staticBrokerConfigs);
  }

  static LocalCatalog of(
      long version,
      String clusterId,
      TopicTable topics,
      Map<String, String> brokerConfigs,
      Map<String, String> staticBrokerConfigs) {
    Map<String, String> effective = new HashMap<>(staticBrokerConfigs);
    effective.putAll(brokerConfigs);
    return new LocalCatalog(
        version,
        clusterId,
        topics,
        Map.copyOf(brokerConfigs),
        Map.copyOf(staticBrokerConfigs),
        Map.copyOf(effective));
  }

  /** Whether the cluster's id and its topics are known here. */
  boolean complete() {
    return version >= 0 && !clusterId.isEmpty();
  }

  /** The next version. */
  LocalCatalog after(DirectoryCommand.CatalogDelta delta) {
    String id = clusterId;
    Map<String, String> configs = brokerConfigs;
    for (RegistryChange change : delta.changes()) {
      if (change instanceof RegistryChange.ClusterNamed named) {
        id = named.id();
      } else if (change instanceof RegistryChange.BrokersAltered altered) {
        configs = altered.configs();
      }
    }
    return of(delta.version(), id, topics.with(delta.changes()), configs, staticBrokerConfigs);
  }

  @Override
  public Optional<TopicDescription> byName(String name) {
    return topics.byName(name);
  }

  @Override
  public Optional<TopicDescription> byId(Uuid id) {
    return topics.byId(id);
  }

  @Override
  public Collection<TopicDescription> all() {
    return topics.all();
  }
}
