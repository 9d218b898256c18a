package io.castalia.streams.processing.runtime;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What happens to an application as a whole, as it is journaled. */
sealed interface ApplicationEvent {

  /**
   * It has been started, with these topics.
   *
   * @param inputs that it reads and that may be begun elsewhere
   * @param own that it reads, and writes itself
   */
  record Described(Set<String> inputs, Set<String> own) implements ApplicationEvent {
    public Described {
      inputs = Set.copyOf(inputs);
      own = Set.copyOf(own);
    }
  }

  /**
   * It is to begin anew when it is started next.
   *
   * @param places from where to read; other partitions as in an application that is new
   */
  record Reset(Map<TopicPartition, Long> places) implements ApplicationEvent {
    public Reset {
      places = Map.copyOf(places);
    }
  }
}
