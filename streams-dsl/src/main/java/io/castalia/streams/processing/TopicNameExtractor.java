package io.castalia.streams.processing;

import org.jspecify.annotations.Nullable;

/** Says which topic a record is written to. Must depend on nothing but its arguments. */
@FunctionalInterface
public interface TopicNameExtractor<K, V> {

  /**
   * The topic, which must exist.
   *
   * @param context what there is of the record beside its key and value
   */
  String extract(@Nullable K key, @Nullable V value, RecordContext context);
}
