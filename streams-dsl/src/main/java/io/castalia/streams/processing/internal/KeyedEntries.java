package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.KeyValue;
import io.castalia.streams.processing.pages.Entry;
import io.castalia.streams.processing.state.KeyValueStore;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** A store by key. */
final class KeyedEntries<K, V> implements KeyValueStore<K, V> {
  private final StateAccess state;
  private final StoreCodec<K, V> codec;
  private final String name;

  KeyedEntries(StateAccess state, StoreSpec<K, V> spec) {
    this.state = state;
    this.codec = new StoreCodec<>(spec);
    this.name = spec.name();
  }

  @Override
  public @Nullable V get(K key) {
    Bytes value = state.content(name).get(codec.key(key));
    return value == null ? null : codec.value(value);
  }

  @Override
  public void put(K key, @Nullable V value) {
    state.change(name, codec.key(key), codec.value(value));
  }

  @Override
  public Stream<KeyValue<K, V>> range(K from, K to) {
    return state.content(name).range(codec.key(from), codec.key(to)).map(this::pair);
  }

  @Override
  public Stream<KeyValue<K, V>> all() {
    return state.content(name).all().map(this::pair);
  }

  private KeyValue<K, V> pair(Entry entry) {
    return KeyValue.pair(codec.key(entry.key()), codec.value(entry.value()));
  }

  /**
   * Visits the keys, as bytes, that begin with these, from one on.
   *
   * @param mayTake asked before each key
   * @return from where to go on; null when all have been visited
   */
  @Nullable Bytes visit(Bytes prefix, Bytes from, BooleanSupplier mayTake, Consumer<Bytes> action) {
    Iterator<Entry> entries = state.content(name).startingWith(prefix, from).iterator();
    while (entries.hasNext()) {
      Bytes key = entries.next().key();
      if (!mayTake.getAsBoolean()) {
        return key;
      }
      action.accept(key);
    }
    return null;
  }

  /** The first entry from a key on, as bytes. */
  Optional<KeyValue<K, V>> first(Bytes from) {
    Iterator<Entry> entries = state.content(name).from(from);
    return entries.hasNext() ? Optional.of(pair(entries.next())) : Optional.empty();
  }

  /** Does something with the entry that a key has now, if there is one. */
  void with(Bytes key, BiConsumer<K, V> action) {
    Bytes value = state.content(name).get(key);
    if (value != null) {
      action.accept(codec.key(key), codec.value(value));
    }
  }
}
