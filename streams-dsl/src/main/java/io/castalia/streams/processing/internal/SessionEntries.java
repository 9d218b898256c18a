package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.Window;
import io.castalia.streams.processing.Windowed;
import io.castalia.streams.processing.internal.TimedEntries.Entry;
import io.castalia.streams.processing.state.SessionStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store by session as its users see it. */
record SessionEntries<K, V>(TimedEntries<K, V> entries) implements SessionStore<K, V> {

  @Override
  public Map<Window, V> fetch(K key) {
    return sessions(entries.of(key));
  }

  @Override
  public @Nullable V fetchSession(K key, Window session) {
    return entries.get(key, session.end(), session.start());
  }

  @Override
  public Map<Window, V> findSessions(K key, long earliestEnd, long latestStart) {
    return sessions(
        entries.between(key, earliestEnd, Long.MAX_VALUE).stream()
            .filter(entry -> entry.number() <= latestStart)
            .toList());
  }

  @Override
  public void put(Windowed<K> session, @Nullable V value) {
    entries.put(session.key(), session.window().end(), session.window().start(), value);
  }

  private static <K, V> Map<Window, V> sessions(List<Entry<K, V>> entries) {
    Map<Window, V> found = new LinkedHashMap<>();
    entries.forEach(entry -> found.put(new Window(entry.number(), entry.time()), entry.value()));
    return found;
  }
}
