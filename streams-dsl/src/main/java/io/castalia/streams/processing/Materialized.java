package io.castalia.streams.processing;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;

/**
 * How the state of a table is kept.
 *
 * @param name of the store: what it is asked for by, and found again by when the topology changes
 * @param keySerde of the keys, where the stream does not know it
 * @param valueSerde of the values, where the stream does not know it
 * @param retention how long windows are kept for questions, from their start on in event time; at
 *     least until they close
 */
public record Materialized<K, V>(
    Optional<String> name,
    Optional<Serde<K>> keySerde,
    Optional<Serde<V>> valueSerde,
    Optional<Duration> retention) {
  public Materialized {
    retention.ifPresent(time -> Durations.notNegative(time, "a retention"));
  }

  /** In a store of this name. */
  public static <K, V> Materialized<K, V> as(String name) {
    return new Materialized<>(
        Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** In a store of this name, with these serdes. */
  public static <K, V> Materialized<K, V> as(String name, Serde<K> keySerde, Serde<V> valueSerde) {
    return new Materialized<>(
        Optional.of(name), Optional.of(keySerde), Optional.of(valueSerde), Optional.empty());
  }

  /** With these serdes; the store's name comes from the operator. */
  public static <K, V> Materialized<K, V> with(Serde<K> keySerde, Serde<V> valueSerde) {
    return new Materialized<>(
        Optional.empty(), Optional.of(keySerde), Optional.of(valueSerde), Optional.empty());
  }

  /** The same with this serde of the keys. */
  public Materialized<K, V> withKeySerde(Serde<K> serde) {
    return new Materialized<>(name, Optional.of(serde), valueSerde, retention);
  }

  /** The same with this serde of the values. */
  public Materialized<K, V> withValueSerde(Serde<V> serde) {
    return new Materialized<>(name, keySerde, Optional.of(serde), retention);
  }

  /** The same with another retention of windows. */
  public Materialized<K, V> withRetention(Duration other) {
    return new Materialized<>(name, keySerde, valueSerde, Optional.of(other));
  }

  static <K, V> Materialized<K, V> unsaid() {
    return new Materialized<>(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
