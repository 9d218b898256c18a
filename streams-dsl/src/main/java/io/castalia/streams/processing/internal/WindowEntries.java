package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.state.WindowStore;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store by window as its users see it. */
record WindowEntries<K, V>(TimedEntries<K, V> entries) implements WindowStore<K, V> {

  @Override
  public @Nullable V fetch(K key, long windowStart) {
    return entries.get(key, windowStart, 0);
  }

  @Override
  public SortedMap<Long, V> fetch(K key, long fromStart, long toStart) {
    SortedMap<Long, V> found = new TreeMap<>();
    entries
        .between(key, fromStart, toStart)
        .forEach(entry -> found.put(entry.time(), entry.value()));
    return found;
  }

  @Override
  public void put(K key, @Nullable V value, long windowStart) {
    entries.put(key, windowStart, 0, value);
  }
}
