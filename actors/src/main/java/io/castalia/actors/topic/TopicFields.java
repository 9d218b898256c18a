package io.castalia.actors.topic;

import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;

/** A topic's description among the fields of a message. */
final class TopicFields {
  private TopicFields() {}

  static void write(WireOutput out, TopicDescription topic) {
    out.string(topic.name());
    out.uuid(topic.id());
    out.int32(topic.partitions());
    out.map(topic.configs());
  }

  static TopicDescription read(WireInput in) {
    return new TopicDescription(in.string(), in.uuid(), in.int32(), in.map());
  }
}
