package io.castalia.streams.processing.runtime;

import java.util.Map;
import java.util.Optional;

/**
 * How many partitions the topics of an application have.
 *
 * @param counts by their names in the cluster
 * @param misfit why tasks are not to work with them, if they are not; the numbers are those of
 *     before, then
 */
record TopicCounts(Map<String, Integer> counts, Optional<String> misfit) {
  TopicCounts {
    counts = Map.copyOf(counts);
  }

  static TopicCounts of(Map<String, Integer> counts) {
    return new TopicCounts(counts, Optional.empty());
  }

  TopicCounts unfit(String why) {
    return new TopicCounts(counts, Optional.of(why));
  }

  @Override
  public String toString() {
    return misfit.orElse(counts.toString());
  }
}
