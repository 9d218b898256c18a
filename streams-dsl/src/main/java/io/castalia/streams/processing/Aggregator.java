package io.castalia.streams.processing;

import org.jspecify.annotations.Nullable;

/** Adds one value to an aggregate, or takes one out of it. Must depend on nothing else. */
@FunctionalInterface
public interface Aggregator<K, V, A> {

  /**
   * The next aggregate.
   *
   * @param aggregate the one so far; must not be changed
   * @return null to forget the key
   */
  @Nullable A apply(K key, V value, A aggregate);
}
