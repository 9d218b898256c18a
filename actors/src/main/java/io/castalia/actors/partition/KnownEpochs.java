package io.castalia.actors.partition;

import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** The leader epochs that this node has heard of. Shared by all its partitions and callers. */
final class KnownEpochs {
  private final ConcurrentHashMap<PartitionId, Integer> epochs = new ConcurrentHashMap<>();

  /** Notes an epoch unless a later one is known; -1 is none. */
  void learn(PartitionId partition, int epoch) {
    Integer known = epochs.get(partition);
    if (epoch >= 0 && (known == null || known < epoch)) {
      epochs.merge(partition, epoch, Math::max);
    }
  }

  void forget(PartitionId partition) {
    epochs.remove(partition);
  }

  OptionalInt find(PartitionId partition) {
    Integer known = epochs.get(partition);
    return known == null ? OptionalInt.empty() : OptionalInt.of(known);
  }
}
