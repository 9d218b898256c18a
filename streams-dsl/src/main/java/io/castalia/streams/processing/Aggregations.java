package io.castalia.streams.processing;

import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Counting and reducing as aggregations. */
final class Aggregations {
  static final Supplier<Long> ZERO = () -> 0L;

  private Aggregations() {}

  static <K, V> Aggregator<K, V, Long> counter() {
    return (key, value, count) -> count + 1;
  }

  static <K, V> Aggregator<K, V, Long> discounter() {
    return (key, value, count) -> count - 1;
  }

  /** The first value stands for itself. */
  static <K, V> Aggregator<K, V, V> reducer(BinaryOperator<V> reducer) {
    return (key, value, made) -> made == null ? value : reducer.apply(made, value);
  }

  static <A> Supplier<A> nothing() {
    return () -> null;
  }

  static <K> Materialized<K, Long> counted(Materialized<K, Long> as) {
    return as.valueSerde().isPresent() ? as : with(as, Optional.of(Serdes.Long()));
  }

  /** With the values' serde that the stream knows. */
  static <K, V> Materialized<K, V> valued(Materialized<K, V> as, Flow<K, V> flow) {
    return as.valueSerde().isPresent() ? as : with(as, Optional.ofNullable(flow.values()));
  }

  private static <K, V> Materialized<K, V> with(Materialized<K, V> as, Optional<Serde<V>> values) {
    return new Materialized<>(as.name(), as.keySerde(), values, as.retention());
  }
}
