package io.castalia.streams.processing;

/** Makes one aggregate of the aggregates of two sessions that a record has connected. */
@FunctionalInterface
public interface Merger<K, A> {

  /** The aggregate of both; {@code earlier} is the session that began first. */
  A apply(K key, A earlier, A later);
}
