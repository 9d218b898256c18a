package io.castalia.streams.processing;

import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;

/**
 * How a topic is written.
 *
 * @param partitioner chooses partitions; without one it is that of the key by Kafka's murmur2
 */
public record Produced<K, V>(
    Serde<K> keySerde, Serde<V> valueSerde, Optional<StreamPartitioner<K, V>> partitioner) {

  /** With these serdes, to the partition of the key by Kafka's murmur2. */
  public static <K, V> Produced<K, V> with(Serde<K> keySerde, Serde<V> valueSerde) {
    return new Produced<>(keySerde, valueSerde, Optional.empty());
  }

  /**
   * The same with partitions of one's own choice. What reads the topic by key finds the records of
   * a key together only if all of them are written to one partition.
   */
  public Produced<K, V> withStreamPartitioner(StreamPartitioner<K, V> other) {
    return new Produced<>(keySerde, valueSerde, Optional.of(other));
  }
}
