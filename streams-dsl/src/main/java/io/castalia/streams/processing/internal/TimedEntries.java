package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.state.StoreSpec;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
    return streamBetween(key, from, to).toList();
  }

  /** The same, read as they are asked for; later changes are not seen. */
  Stream<Entry<K, V>> streamBetween(K key, long from, long to) {
    Bytes low = encoded(key, from, Long.MIN_VALUE);
    Bytes high = encoded(key, to, Long.MAX_VALUE);
    return state.content(name).range(low, high).map(found -> entry(found.key(), found.value()));
  }

  /** All entries of a key, the earliest first. */
  List<Entry<K, V>> of(K key) {
    return between(key, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * Removes the entries before a time, the earliest first, and does something with each.
   *
   * @param mayTake asked before each entry
   * @return whether all of them were taken
   */
  boolean takeBefore(long time, BooleanSupplier mayTake, Consumer<Entry<K, V>> action) {
    StoreReader content = state.content(name);
    return eachBefore(
        content,
        time,
        mayTake,
        key -> {
          Entry<K, V> entry = entry(key, Objects.requireNonNull(content.get(key)));
          state.change(name, key, null);
          action.accept(entry);
        });
  }

  /**
   * Removes the entries before a time, the earliest first, without a look at them.
   *
   * @param mayTake asked before each entry
   * @return whether all of them were removed
   */
  boolean dropBefore(long time, BooleanSupplier mayTake) {
    return eachBefore(state.content(name), time, mayTake, key -> state.change(name, key, null));
  }

  private static boolean eachBefore(
      StoreReader content, long time, BooleanSupplier mayTake, Consumer<Bytes> action) {
    for (Iterator<Bytes> keys = content.before(time); keys.hasNext(); ) {
      if (!mayTake.getAsBoolean()) {
        return false;
      }
      action.accept(TimedKey.ofTime(keys.next()));
    }
    return true;
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

  private Bytes encoded(K key, long time, long number) {
    return new TimedKey(codec.key(key), time, number).encoded();
  }

  private Entry<K, V> entry(Bytes encoded, Bytes value) {
    TimedKey key = TimedKey.decode(encoded);
    return new Entry<>(codec.key(key.key()), key.time(), key.number(), codec.value(value));
  }
}
