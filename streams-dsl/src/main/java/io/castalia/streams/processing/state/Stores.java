package io.castalia.streams.processing.state;

import io.castalia.streams.processing.internal.StampedSerde;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;

/** Makes stores for processors; see {@code KStream.process}. */
public final class Stores {
  private Stores() {}

  /** A store of values by key. */
  public static <K, V> StoreSpec<K, V> keyValueStore(String name, Serde<K> keys, Serde<V> values) {
    return new StoreSpec<>(name, StoreKind.KEY_VALUE, keys, values, 0);
  }

  /** A store of values by key, each with its event time, as tables have them. */
  public static <K, V> StoreSpec<K, ValueAndTimestamp<V>> timestampedKeyValueStore(
      String name, Serde<K> keys, Serde<V> values) {
    return keyValueStore(name, keys, new StampedSerde<>(values));
  }

  /**
   * A store of values by key and the start of a window.
   *
   * @param retention entries whose window began longer ago are dropped as event time goes on
   */
  public static <K, V> StoreSpec<K, V> windowStore(
      String name, Serde<K> keys, Serde<V> values, Duration retention) {
    return new StoreSpec<>(name, StoreKind.WINDOW, keys, values, retention.toMillis());
  }

  /** As {@link #windowStore}, each value with its event time. */
  public static <K, V> StoreSpec<K, ValueAndTimestamp<V>> timestampedWindowStore(
      String name, Serde<K> keys, Serde<V> values, Duration retention) {
    return windowStore(name, keys, new StampedSerde<>(values), retention);
  }

  /**
   * A store of values by key and session.
   *
   * @param retention sessions that ended longer ago are dropped as event time goes on
   */
  public static <K, V> StoreSpec<K, V> sessionStore(
      String name, Serde<K> keys, Serde<V> values, Duration retention) {
    return new StoreSpec<>(name, StoreKind.SESSION, keys, values, retention.toMillis());
  }
}
