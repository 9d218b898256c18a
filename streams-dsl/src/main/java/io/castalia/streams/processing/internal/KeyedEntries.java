package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.KeyValue;
import io.castalia.streams.processing.state.KeyValueStore;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
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
  public List<KeyValue<K, V>> all() {
    List<KeyValue<K, V>> found = new ArrayList<>();
    state
        .content(name)
        .forEach((key, value) -> found.add(KeyValue.pair(codec.key(key), codec.value(value))));
    return found;
  }

  /** Visits the entries whose keys, as bytes, begin with these. */
  void forEachStartingWith(Bytes prefix, BiConsumer<K, V> action) {
    state
        .content(name)
        .startingWith(prefix)
        .forEach(entry -> action.accept(codec.key(entry.key()), codec.value(entry.value())));
  }
}
