package io.castalia.actors.group;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/** Which topic a name means now, as far as this node knows. */
interface TopicIds {

  /** Nothing if there is no such topic. */
  Optional<Uuid> byName(String topic);

  /** Whether the topics are known at all. */
  boolean known();

  static TopicIds of(TopicCatalog catalog) {
    return new TopicIds() {
      @Override
      public Optional<Uuid> byName(String topic) {
        return catalog.byName(topic).map(TopicDescription::id);
      }

      @Override
      public boolean known() {
        return catalog.version() >= 0;
      }
    };
  }
}
