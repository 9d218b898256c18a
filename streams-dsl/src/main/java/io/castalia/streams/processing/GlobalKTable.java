package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.Stamped;
import io.castalia.streams.processing.state.StoreSpec;

/**
 * A table that each task has as a whole, so that streams are joined with it by any key and without
 * being repartitioned. Every task keeps and journals all of it: it is for small topics.
 */
public final class GlobalKTable<K, V> {
  private final StoreSpec<K, Stamped<V>> store;

  GlobalKTable(StoreSpec<K, Stamped<V>> store) {
    this.store = store;
  }

  StoreSpec<K, Stamped<V>> store() {
    return store;
  }
}
