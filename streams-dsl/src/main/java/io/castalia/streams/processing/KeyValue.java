package io.castalia.streams.processing;

import org.jspecify.annotations.Nullable;

/** A key with its value; either may be null. */
public record KeyValue<K, V>(@Nullable K key, @Nullable V value) {

  /** The pair of these two. */
  public static <K, V> KeyValue<K, V> pair(@Nullable K key, @Nullable V value) {
    return new KeyValue<>(key, value);
  }
}
