package io.castalia.streams.processing.state;

import io.castalia.streams.processing.Window;
import java.util.Map;

/** Values by key and session. */
public interface ReadOnlySessionStore<K, V> {

  /** The sessions of a key that are kept, in the order of their ends. */
  Map<Window, V> fetch(K key);
}
