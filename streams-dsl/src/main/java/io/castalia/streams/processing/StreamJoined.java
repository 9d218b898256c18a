package io.castalia.streams.processing;

import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;

/**
 * How two streams are joined.
 *
 * @param name of the join and its stores, if it is to have one of its own
 */
public record StreamJoined<K, V, W>(
    Optional<String> name, Serde<K> keySerde, Serde<V> valueSerde, Serde<W> otherValueSerde) {

  /** With these serdes of the keys and of both streams' values. */
  public static <K, V, W> StreamJoined<K, V, W> with(
      Serde<K> keySerde, Serde<V> valueSerde, Serde<W> otherValueSerde) {
    return new StreamJoined<>(Optional.empty(), keySerde, valueSerde, otherValueSerde);
  }

  /** The same under a name. */
  public StreamJoined<K, V, W> withName(String other) {
    return new StreamJoined<>(Optional.of(other), keySerde, valueSerde, otherValueSerde);
  }
}
