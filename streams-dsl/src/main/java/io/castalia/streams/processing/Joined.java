package io.castalia.streams.processing;

import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;

/**
 * How a stream is joined with a table.
 *
 * @param keySerde of the stream's keys, where it does not know it
 * @param valueSerde of the stream's values, where it does not know it
 */
public record Joined<K, V>(Optional<Serde<K>> keySerde, Optional<Serde<V>> valueSerde) {

  /** With these serdes of the stream, for which it is written when it must be repartitioned. */
  public static <K, V> Joined<K, V> with(Serde<K> keySerde, Serde<V> valueSerde) {
    return new Joined<>(Optional.of(keySerde), Optional.of(valueSerde));
  }
}
