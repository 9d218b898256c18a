package io.castalia.streams.processing;

import org.apache.kafka.common.serialization.Serde;

/** How a topic is written: to the partition of the key by Kafka's murmur2. */
public record Produced<K, V>(Serde<K> keySerde, Serde<V> valueSerde) {

  /** With these serdes. */
  public static <K, V> Produced<K, V> with(Serde<K> keySerde, Serde<V> valueSerde) {
    return new Produced<>(keySerde, valueSerde);
  }
}
