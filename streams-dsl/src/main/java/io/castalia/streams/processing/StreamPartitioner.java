package io.castalia.streams.processing;

import org.jspecify.annotations.Nullable;

/** Says which partition of a topic a record is written to. Must depend on its arguments only. */
@FunctionalInterface
public interface StreamPartitioner<K, V> {

  /**
   * The partition: 0 or more, and less than there are. A record fails for which it is another.
   *
   * @param topic as it is called on the broker
   * @param partitions how many the topic has now; there may be more later
   */
  int partition(String topic, @Nullable K key, @Nullable V value, int partitions);
}
