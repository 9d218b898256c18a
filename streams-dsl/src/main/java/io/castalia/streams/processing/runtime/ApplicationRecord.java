package io.castalia.streams.processing.runtime;

import io.castalia.streams.processing.runtime.ApplicationEvent.Described;
import io.castalia.streams.processing.runtime.ApplicationEvent.Reset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * What is known of an application whether it runs or not.
 *
 * @param generation how often it has been reset
 * @param inputs topics that it reads and that may be begun elsewhere
 * @param own topics that it reads, and writes itself
 * @param places from where its tasks began to read when it was reset last
 */
record ApplicationRecord(
    long generation, Set<String> inputs, Set<String> own, Map<TopicPartition, Long> places) {
  /** Of an application that has never been started. */
  static final ApplicationRecord NONE = new ApplicationRecord(0, Set.of(), Set.of(), Map.of());

  ApplicationRecord {
    inputs = Set.copyOf(inputs);
    own = Set.copyOf(own);
    places = Map.copyOf(places);
  }

  boolean isKnown() {
    return !inputs.isEmpty() || !own.isEmpty();
  }

  /** What happens when it is started with these topics; nothing if it was before. */
  Optional<ApplicationEvent> started(Described topics) {
    return inputs.equals(topics.inputs()) && own.equals(topics.own())
        ? Optional.empty()
        : Optional.of(topics);
  }

  ApplicationRecord after(ApplicationEvent event) {
    return event instanceof Described topics
        ? new ApplicationRecord(generation, topics.inputs(), topics.own(), places)
        : new ApplicationRecord(generation + 1, inputs, own, ((Reset) event).places());
  }
}
