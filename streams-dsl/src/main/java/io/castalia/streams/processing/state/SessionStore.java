package io.castalia.streams.processing.state;

import io.castalia.streams.processing.Windowed;
import org.jspecify.annotations.Nullable;

/** Values by key and session, to be changed by the one processor that runs now. */
public interface SessionStore<K, V> extends ReadOnlySessionStore<K, V> {

  /** Sets the value of a key's session; null deletes it. A session that grows is another one. */
  void put(Windowed<K> session, @Nullable V value);

  /** Deletes a key's session. */
  default void remove(Windowed<K> session) {
    put(session, null);
  }
}
