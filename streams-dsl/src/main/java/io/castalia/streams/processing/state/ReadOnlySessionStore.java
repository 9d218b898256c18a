package io.castalia.streams.processing.state;

import io.castalia.streams.processing.Window;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values by key and session. Sessions come in the order of their ends. */
public interface ReadOnlySessionStore<K, V> {

  /** The sessions of a key that are kept. */
  Map<Window, V> fetch(K key);

  /** The value of one session of a key, or null. */
  @Nullable V fetchSession(K key, Window session);

  /**
   * The sessions of a key that overlap a span of time, both ends inside: those that a record
   * belongs to, for the span of the gap on either side of its time.
   *
   * @param earliestEnd milliseconds since the epoch
   * @param latestStart milliseconds since the epoch
   */
  Map<Window, V> findSessions(K key, long earliestEnd, long latestStart);
}
