package io.castalia.streams.processing.state;

import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;

/** Makes stores for processors; see {@code KStream.process}. */
public final class Stores {
  private Stores() {}

  /** A store of values by key. */
  public static <K, V> StoreSpec<K, V> keyValueStore(String name, Serde<K> keys, Serde<V> values) {
    return new StoreSpec<>(name, StoreKind.KEY_VALUE, keys, values, 0);
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
}
