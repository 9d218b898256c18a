package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.GraphBuilder;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;

/**
 * A table that each task has as a whole, so that streams are joined with it by any key and without
 * being repartitioned. Every task keeps and journals all of it: it is for small topics.
 */
public final class GlobalKTable<K, V> {
  private final GraphBuilder graph;
  private final StoreSpec<K, ValueAndTimestamp<V>> store;

  GlobalKTable(GraphBuilder graph, StoreSpec<K, ValueAndTimestamp<V>> store) {
    this.graph = graph;
    this.store = store;
  }

  GraphBuilder graph() {
    return graph;
  }

  /**
   * Where the rows are, for processors of one's own that look rows up: they are given it among
   * their stores, and must not change it. Each task has all rows.
   */
  public StoreSpec<K, ValueAndTimestamp<V>> store() {
    return store;
  }
}
