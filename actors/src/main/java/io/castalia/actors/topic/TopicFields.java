package io.castalia.actors.topic;

import io.castalia.actors.message.FieldReader;
import io.castalia.actors.message.FieldWriter;

/** A topic's description among the fields of a message. */
final class TopicFields {
  private TopicFields() {}

  static void write(FieldWriter out, TopicDescription topic) {
    out.string(topic.name());
    out.uuid(topic.id());
    out.int32(topic.partitions());
    out.map(topic.configs());
  }

  static TopicDescription read(FieldReader in) {
    return new TopicDescription(in.string(), in.uuid(), in.int32(), in.map());
  }
}
