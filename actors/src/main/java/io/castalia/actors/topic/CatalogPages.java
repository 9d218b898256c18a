package io.castalia.actors.topic;

import io.castalia.actors.topic.DirectoryCommand.CatalogPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Divides the whole catalog into messages that are small enough to send between nodes. */
final class CatalogPages {
  private final RegistryState state;
  private final List<CatalogPage> pages = new ArrayList<>();
  private List<TopicDescription> topics = new ArrayList<>();

  private CatalogPages(RegistryState state) {
    this.state = state;
  }

  static List<CatalogPage> of(RegistryState state) {
    return new CatalogPages(state).divide();
  }

  private List<CatalogPage> divide() {
    int weight = 0;
    for (TopicDescription topic : state.topics().all()) {
      if (weight >= RegistryLimits.BATCH_WEIGHT) {
        close(false);
        weight = 0;
      }
      topics.add(topic);
      weight += Weights.of(topic);
    }
    close(true);
    return pages;
  }

  private void close(boolean last) {
    boolean first = pages.isEmpty();
    Map<String, String> brokerConfigs = first ? state.brokerConfigs() : Map.of();
    pages.add(
        new CatalogPage(
            state.version(), pages.size(), last, state.clusterId(), brokerConfigs, topics));
    topics = new ArrayList<>();
  }
}
