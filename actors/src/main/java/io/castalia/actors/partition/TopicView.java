package io.castalia.actors.partition;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicSettings;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;

/** One topic's settings as of the latest catalog, resolved once per catalog version. */
final class TopicView {
  private final Uuid topicId;
  private final Supplier<TopicCatalog> catalog;
  private long version = Long.MIN_VALUE;
  private Optional<TopicSettings> settings = Optional.empty();

  TopicView(Uuid topicId, Supplier<TopicCatalog> catalog) {
    this.topicId = topicId;
    this.catalog = catalog;
  }

  /** Empty if there is no such topic now. */
  Optional<TopicSettings> settings() {
    TopicCatalog latest = catalog.get();
    if (latest.version() != version) {
      version = latest.version();
      settings =
          latest
              .byId(topicId)
              .map(topic -> TopicSettings.of(topic, latest.effectiveBrokerConfigs()));
    }
    return settings;
  }
}
