package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.StampedSerde;
import io.castalia.streams.processing.state.StoreKind;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;

/** The stores of tables: values with their times. */
final class TableStores {
  private TableStores() {}

  static <K, V> StoreSpec<K, ValueAndTimestamp<V>> byKey(String name, Flow<K, V> flow) {
    return byKey(name, flow.keys(name), flow.values(name));
  }

  static <K, V> StoreSpec<K, ValueAndTimestamp<V>> byKey(
      String name, Serde<K> keys, Serde<V> values) {
    return new StoreSpec<>(name, StoreKind.KEY_VALUE, keys, new StampedSerde<>(values), 0);
  }

  static <K, V> StoreSpec<K, ValueAndTimestamp<V>> timed(
      String name, StoreKind kind, Serde<K> keys, Serde<V> values, long retentionMs) {
    return new StoreSpec<>(name, kind, keys, new StampedSerde<>(values), retentionMs);
  }

  /** As the windows need it, or longer. */
  static long retention(Materialized<?, ?> as, long neededMs) {
    return Math.max(neededMs, as.retention().map(Duration::toMillis).orElse(0L));
  }

  static <T> Serde<T> known(Optional<Serde<T>> given, String name) {
    return given.orElseThrow(
        () ->
            new TopologyException(
                "expected a serde for the values of \"%s\": give one with Materialized"
                    .formatted(name)));
  }
}
