package io.castalia.actors.group;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/** What decisions about groups need to know of topics, as far as this node knows it. */
final class GroupTopics {
  private final TopicCatalog catalog;
  private final TopicPatterns patterns;

  GroupTopics(TopicCatalog catalog, TopicPatterns patterns) {
    this.catalog = catalog;
    this.patterns = patterns;
  }

  /** Which topic a name means now. Nothing if there is no such topic. */
  Optional<Uuid> byName(String topic) {
    return find(topic).map(TopicDescription::id);
  }

  Optional<TopicDescription> find(String topic) {
    return catalog.byName(topic);
  }

  Optional<String> nameOf(Uuid id) {
    return catalog.byId(id).map(TopicDescription::name);
  }

  /** The names that an expression matches; none for an empty one. */
  Set<String> matching(String regex) {
    return regex.isEmpty() ? Set.of() : patterns.matching(regex, catalog);
  }

  /** Whether the topics are known at all. */
  boolean known() {
    return catalog.version() >= 0;
  }

  /** Grows with every change. */
  long version() {
    return catalog.version();
  }
}
