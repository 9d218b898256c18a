package io.castalia.streams.processing.state;

import io.castalia.streams.processing.KeyValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values by key. */
public interface ReadOnlyKeyValueStore<K, V> {

  /** The value of a key, or null. */
  @Nullable V get(K key);

  /** All entries, in the order of the keys' bytes. */
  List<KeyValue<K, V>> all();
}
