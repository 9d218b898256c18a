package io.castalia.actors.shard;

import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.cluster.UniqueAddress;

/** The nodes that have said that they leave. Thread-safe; one node's view. */
final class LeavingNodes {
  private volatile Set<UniqueAddress> nodes = Set.of();

  synchronized void add(UniqueAddress node) {
    if (!nodes.contains(node)) {
      Set<UniqueAddress> more = new HashSet<>(nodes);
      more.add(node);
      nodes = Set.copyOf(more);
    }
  }

  /** A node has gone. */
  synchronized void remove(UniqueAddress node) {
    if (nodes.contains(node)) {
      Set<UniqueAddress> fewer = new HashSet<>(nodes);
      fewer.remove(node);
      nodes = Set.copyOf(fewer);
    }
  }

  boolean contains(UniqueAddress node) {
    return nodes.contains(node);
  }
}
