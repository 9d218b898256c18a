package io.castalia.streams.processing;

import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * One of the grouped streams that are aggregated together.
 *
 * @param number of the stream, from 0, in the order in which they were given
 * @param values how its values are written, where that is known
 */
record Cogrouped<K, V, A>(int number, @Nullable Serde<V> values, Aggregator<K, V, A> aggregator) {

  /** A value of this stream, as one of all of them; null stays null. */
  @Nullable Addition<K, V, A> addition(@Nullable V value) {
    return value == null ? null : new Addition<>(this, value);
  }

  /** A value, and the stream that it is of. */
  record Addition<K, V, A>(Cogrouped<K, V, A> stream, V value) {
    @Nullable A to(K key, A aggregate) {
      return stream.aggregator().apply(key, value, aggregate);
    }
  }
}
