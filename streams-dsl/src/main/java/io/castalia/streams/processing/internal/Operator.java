package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;

/**
 * What a node does. All that it remembers is in its stores, so that a record that fails leaves no
 * trace.
 */
@FunctionalInterface
public interface Operator<K, V, KO, VO> {

  /** Takes a record. */
  void process(StreamRecord<K, V> record, OperatorContext<KO, VO> context);
}
