package io.castalia.streams.processing.state;

import org.jspecify.annotations.Nullable;

/** Values by key, to be changed by the one processor that runs now. */
public interface KeyValueStore<K, V> extends ReadOnlyKeyValueStore<K, V> {

  /** Sets the value of a key; null deletes it. */
  void put(K key, @Nullable V value);

  /** Sets the value of a key that has none, and gives back the one that it had, or null. */
  default @Nullable V putIfAbsent(K key, @Nullable V value) {
    V last = get(key);
    if (last == null) {
      put(key, value);
    }
    return last;
  }

  /** Deletes a key and gives back the value that it had, or null. */
  default @Nullable V delete(K key) {
    V last = get(key);
    put(key, null);
    return last;
  }
}
