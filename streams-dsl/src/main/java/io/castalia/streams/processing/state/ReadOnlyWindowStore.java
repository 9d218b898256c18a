package io.castalia.streams.processing.state;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Values by key and the start of a window, in milliseconds since the epoch. */
public interface ReadOnlyWindowStore<K, V> {

  /** The value of a key in the window that begins then, or null. */
  @Nullable V fetch(K key, long windowStart);

  /** The values of a key in windows that begin in this span, both ends inside, by start. */
  SortedMap<Long, V> fetch(K key, long fromStart, long toStart);
}
