package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.state.StoreSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** A store by key and time; see {@link TimedKey}. */
final class TimedEntries<K, V> {
  private final StateAccess state;
  private final StoreCodec<K, V> codec;
  private final String name;

  /** An entry. */
  record Entry<K, V>(K key, long time, long number, V value) {}

  TimedEntries(StateAccess state, StoreSpec<K, V> spec) {
    this.state = state;
    this.codec = new StoreCodec<>(spec);
    this.name = spec.name();
  }

  @Nullable V get(K key, long time, long number) {
    Bytes value = state.content(name).get(encoded(key, time, number));
    return value == null ? null : codec.value(value);
  }

  void put(K key, long time, long number, @Nullable V value) {
    state.change(name, encoded(key, time, number), codec.value(value));
  }

  void remove(Entry<K, V> entry) {
    put(entry.key(), entry.time(), entry.number(), null);
  }

  /** The entries of a key in a span of time, both ends inside, the earliest first. */
  List<Entry<K, V>> between(K key, long from, long to) {
    Bytes low = encoded(key, from, Long.MIN_VALUE);
    Bytes high = encoded(key, to, Long.MAX_VALUE);
    return state.content(name).range(low, high).stream()
        .map(found -> entry(found.key(), found.value()))
        .toList();
  }

  /** All entries of a key, the earliest first. */
  List<Entry<K, V>> of(K key) {
    return between(key, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** Removes the entries before a time and gives them back, the earliest first. */
  List<Entry<K, V>> takeBefore(long time) {
    StoreReader content = state.content(name);
    List<Bytes> keys = content.before(time);
    List<Entry<K, V>> taken =
        keys.stream().map(key -> entry(key, Objects.requireNonNull(content.get(key)))).toList();
    keys.forEach(key -> state.change(name, key, null));
    return taken;
  }

  /** Removes the earliest entry of all and gives it back. */
  Optional<Entry<K, V>> takeFirst() {
    StoreReader content = state.content(name);
    Optional<Bytes> first = content.first();
    Optional<Entry<K, V>> taken =
        first.map(key -> entry(key, Objects.requireNonNull(content.get(key))));
    first.ifPresent(key -> state.change(name, key, null));
    return taken;
  }

  boolean exceeds(HeldBound bound) {
    return bound.isExceededBy(state.content(name).content());
  }

  /** Removes the entries before a time. */
  void dropBefore(long time) {
    state.content(name).before(time).forEach(key -> state.change(name, key, null));
  }

  private Bytes encoded(K key, long time, long number) {
    return new TimedKey(codec.key(key), time, number).encoded();
  }

  private Entry<K, V> entry(Bytes encoded, Bytes value) {
    TimedKey key = TimedKey.decode(encoded);
    return new Entry<>(codec.key(key.key()), key.time(), key.number(), codec.value(value));
  }
}
