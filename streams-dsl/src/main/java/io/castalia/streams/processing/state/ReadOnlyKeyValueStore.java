package io.castalia.streams.processing.state;

import io.castalia.streams.processing.KeyValue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values by key. */
public interface ReadOnlyKeyValueStore<K, V> {

  /** The value of a key, or null. */
  @Nullable V get(K key);

  /**
   * The entries from one key on to another, both inside, in the order of the keys' bytes. How they
   * are read is as with {@link #all}. Bytes of numbers are in the order of these only if none is
   * negative, or all are.
   */
  Stream<KeyValue<K, V>> range(K from, K to);

  /**
   * All entries, in the order of the keys' bytes. They are read as they are asked for, so that the
   * store need not fit in memory, and are those that there are when this is called. To be used
   * before the call ends in which it was made.
   */
  Stream<KeyValue<K, V>> all();
}
