package io.castalia.streams.processing;

import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;

/**
 * How records are grouped.
 *
 * @param name of the topic through which records come to the tasks of their keys, if they must
 * @param keySerde of the keys, where the stream does not know it
 * @param valueSerde of the values, where the stream does not know it
 */
public record Grouped<K, V>(
    Optional<String> name, Optional<Serde<K>> keySerde, Optional<Serde<V>> valueSerde) {

  /** With these serdes. */
  public static <K, V> Grouped<K, V> with(Serde<K> keySerde, Serde<V> valueSerde) {
    return new Grouped<>(Optional.empty(), Optional.of(keySerde), Optional.of(valueSerde));
  }

  /** With these serdes, and a name of its own. */
  public static <K, V> Grouped<K, V> with(String name, Serde<K> keySerde, Serde<V> valueSerde) {
    return new Grouped<>(Optional.of(name), Optional.of(keySerde), Optional.of(valueSerde));
  }

  static <K, V> Grouped<K, V> unsaid() {
    return new Grouped<>(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
