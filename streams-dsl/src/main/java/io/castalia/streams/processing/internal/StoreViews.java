package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.KeyValue;
import io.castalia.streams.processing.Window;
import io.castalia.streams.processing.pages.Entry;
import io.castalia.streams.processing.pages.PageSource;
import io.castalia.streams.processing.state.ReadOnlyKeyValueStore;
import io.castalia.streams.processing.state.ReadOnlySessionStore;
import io.castalia.streams.processing.state.ReadOnlyWindowStore;
import io.castalia.streams.processing.state.StoreKind;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The stores of a task's state as others may look at them: values of tables without their times.
 *
 * @param source of the pages that are not in memory
 */
public record StoreViews(SubTopology topology, TaskState state, PageSource source)
    implements StateAccess {

  @Override
  public StoreReader content(String store) {
    return new StoreReader(state.stores().getOrDefault(store, StoreContent.empty(false)), source);
  }

  @Override
  public void change(String store, Bytes key, @Nullable Bytes value) {
    throw new UnsupportedOperationException("stores are changed by their processors only");
  }

  /** The types are for the caller to know. */
  public <K, V> ReadOnlyKeyValueStore<K, V> keyValue(String name) {
    return new ByKey<>(new KeyedEntries<>(this, spec(name, StoreKind.KEY_VALUE)));
  }

  /** The types are for the caller to know. */
  public <K, V> ReadOnlyWindowStore<K, V> window(String name) {
    return new ByWindow<>(new TimedEntries<>(this, spec(name, StoreKind.WINDOW)));
  }

  /** The types are for the caller to know. */
  public <K, V> ReadOnlySessionStore<K, V> session(String name) {
    return new BySession<>(
        new SessionEntries<>(new TimedEntries<>(this, spec(name, StoreKind.SESSION))));
  }

  /**
   * A store by key with the times of its values. The types are for the caller to know.
   *
   * @throws IllegalArgumentException if its values have no times
   */
  @SuppressWarnings("unchecked")
  public <K, V> ReadOnlyKeyValueStore<K, ValueAndTimestamp<V>> timestamped(String name) {
    StoreSpec<?, ?> spec = checked(topology, name, StoreKind.KEY_VALUE);
    if (!isStamped(spec)) {
      throw new IllegalArgumentException(
          "expected a store of values with times, but \"%s\" has none".formatted(name));
    }
    return new KeyedEntries<>(this, (StoreSpec<K, ValueAndTimestamp<V>>) spec);
  }

  private static boolean isStamped(StoreSpec<?, ?> spec) {
    return spec.values() instanceof StampedSerde<?>;
  }

  /**
   * What a store has for a key, as bytes.
   *
   * @param from time of the first entry wanted, where entries have times
   * @param to time of the last one
   */
  public List<RawValue> raw(String name, Bytes key, long from, long to) {
    StoreSpec<?, ?> spec = topology.stores().get(name);
    if (spec == null) {
      return List.of();
    }
    boolean stamped = isStamped(spec);
    StoreReader content = content(name);
    if (!content.content().timed()) {
      Bytes value = content.get(key);
      return value == null ? List.of() : List.of(ofKey(value, stamped));
    }
    Bytes low = new TimedKey(key, from, Long.MIN_VALUE).encoded();
    Bytes high = new TimedKey(key, to, Long.MAX_VALUE).encoded();
    return content
        .range(low, high)
        .map(
            entry -> {
              TimedKey timed = TimedKey.decode(entry.key());
              return new RawValue(timed.time(), timed.number(), plain(entry.value(), stamped));
            })
        .toList();
  }

  /**
   * Entries of a store by key, as bytes, from a key on.
   *
   * @param mayTake asked with each entry before it is taken, but for the first one
   */
  public RawEntries rawFrom(String name, Bytes from, Predicate<RawEntry> mayTake) {
    StoreSpec<?, ?> spec = spec(name, StoreKind.KEY_VALUE);
    boolean stamped = isStamped(spec);
    List<RawEntry> taken = new ArrayList<>();
    for (Iterator<Entry> entries = content(name).from(from); entries.hasNext(); ) {
      Entry entry = entries.next();
      RawEntry raw = new RawEntry(entry.key(), plain(entry.value(), stamped));
      if (!taken.isEmpty() && !mayTake.test(raw)) {
        return new RawEntries(taken, Optional.of(entry.key()));
      }
      taken.add(raw);
    }
    return new RawEntries(taken, Optional.empty());
  }

  /** An entry as bytes. */
  public record RawEntry(Bytes key, Bytes value) {
    /** Bytes of key and value. */
    public int size() {
      return key.get().length + value.get().length;
    }
  }

  /** Entries as bytes, and the key of the next one, if there is one. */
  public record RawEntries(List<RawEntry> entries, Optional<Bytes> next) {
    public RawEntries {
      entries = List.copyOf(entries);
    }
  }

  /**
   * A value as bytes.
   *
   * @param time see {@link TimedKey}; of a value by key the time that the store has with it, or 0
   * @param number see {@link TimedKey}
   */
  public record RawValue(long time, long number, Bytes value) {}

  private static RawValue ofKey(Bytes value, boolean stamped) {
    return new RawValue(stamped ? StampedSerde.timeOf(value) : 0, 0, plain(value, stamped));
  }

  private static Bytes plain(Bytes value, boolean stamped) {
    return stamped ? StampedSerde.valueOf(value) : value;
  }

  @SuppressWarnings("unchecked")
  private <K> StoreSpec<K, Object> spec(String name, StoreKind kind) {
    return (StoreSpec<K, Object>) checked(topology, name, kind);
  }

  /**
   * A store that entries are found in so.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is another kind of store
   */
  public static StoreSpec<?, ?> checked(SubTopology topology, String name, StoreKind kind) {
    StoreSpec<?, ?> found = topology.stores().get(name);
    if (found == null || found.kind() != kind) {
      throw new IllegalArgumentException(
          "expected a store %s, but \"%s\" is %s"
              .formatted(
                  words(kind),
                  name,
                  found == null
                      ? "none of " + topology.stores().keySet()
                      : "one " + words(found.kind())));
    }
    return found;
  }

  private static String words(StoreKind kind) {
    return switch (kind) {
      case KEY_VALUE -> "by key";
      case WINDOW -> "by key and window";
      case SESSION -> "by key and session";
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <V> @Nullable V plain(@Nullable Object stored) {
    return (V) (stored instanceof ValueAndTimestamp<?> stamped ? stamped.value() : stored);
  }

  private record ByKey<K, V>(KeyedEntries<K, Object> entries)
      implements ReadOnlyKeyValueStore<K, V> {
    @Override
    public @Nullable V get(K key) {
      return plain(entries.get(key));
    }

    @Override
    public Stream<KeyValue<K, V>> range(K from, K to) {
      return entries.range(from, to).map(ByKey::visible);
    }

    @Override
    public Stream<KeyValue<K, V>> all() {
      return entries.all().map(ByKey::visible);
    }

    private static <K, V> KeyValue<K, V> visible(KeyValue<K, Object> entry) {
      return KeyValue.pair(entry.key(), plain(entry.value()));
    }
  }

  private record ByWindow<K, V>(TimedEntries<K, Object> entries)
      implements ReadOnlyWindowStore<K, V> {
    @Override
    public @Nullable V fetch(K key, long windowStart) {
      return plain(entries.get(key, windowStart, 0));
    }

    @Override
    public SortedMap<Long, V> fetch(K key, long fromStart, long toStart) {
      SortedMap<Long, V> found = new TreeMap<>();
      entries
          .between(key, fromStart, toStart)
          .forEach(entry -> found.put(entry.time(), plain(entry.value())));
      return found;
    }
  }

  private record BySession<K, V>(SessionEntries<K, Object> entries)
      implements ReadOnlySessionStore<K, V> {
    @Override
    public Map<Window, V> fetch(K key) {
      return visible(entries.fetch(key));
    }

    @Override
    public @Nullable V fetchSession(K key, Window session) {
      return plain(entries.fetchSession(key, session));
    }

    @Override
    public Map<Window, V> findSessions(K key, long earliestEnd, long latestStart) {
      return visible(entries.findSessions(key, earliestEnd, latestStart));
    }

    private static <V> Map<Window, V> visible(Map<Window, Object> sessions) {
      Map<Window, V> found = new LinkedHashMap<>();
      sessions.forEach((session, value) -> found.put(session, plain(value)));
      return found;
    }
  }
}
