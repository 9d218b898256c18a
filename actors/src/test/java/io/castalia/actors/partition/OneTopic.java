package io.castalia.actors.partition;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** Catalogs of one topic. */
final class OneTopic {
  private OneTopic() {}

  static TopicCatalog of(Uuid id, Map<String, String> configs) {
    return of(id, 3, configs);
  }

  static TopicCatalog of(Uuid id, int partitions, Map<String, String> configs) {
    return TopicCatalog.of(new TopicDescription("t", id, partitions, configs));
  }
}
