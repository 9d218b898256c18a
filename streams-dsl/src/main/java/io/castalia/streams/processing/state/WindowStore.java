package io.castalia.streams.processing.state;

import org.jspecify.annotations.Nullable;

/** Values by key and window, to be changed by the one processor that runs now. */
public interface WindowStore<K, V> extends ReadOnlyWindowStore<K, V> {

  /** Sets the value of a key in the window that begins then; null deletes it. */
  void put(K key, @Nullable V value, long windowStart);
}
