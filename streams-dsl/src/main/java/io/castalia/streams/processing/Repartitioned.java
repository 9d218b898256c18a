package io.castalia.streams.processing;

import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;

/**
 * How a stream is repartitioned.
 *
 * @param name of the topic, if it is to have one of its own
 * @param partitions of the topic; 0 for as many as the topics have that the records come from
 */
public record Repartitioned<K, V>(
    Optional<String> name, Serde<K> keySerde, Serde<V> valueSerde, int partitions) {

  /** With these serdes. */
  public static <K, V> Repartitioned<K, V> with(Serde<K> keySerde, Serde<V> valueSerde) {
    return new Repartitioned<>(Optional.empty(), keySerde, valueSerde, 0);
  }

  /** The same under a name. */
  public Repartitioned<K, V> withName(String other) {
    return new Repartitioned<>(Optional.of(other), keySerde, valueSerde, partitions);
  }

  /** The same with this many partitions. */
  public Repartitioned<K, V> withNumberOfPartitions(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "expected at least one partition, but it was %d".formatted(count));
    }
    return new Repartitioned<>(name, keySerde, valueSerde, count);
  }
}
