package io.castalia.streams;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The leases that a stream has, and those of them that it is about to let go of. */
final class Leases {
  private final Map<TopicPartition, PartitionLease> held = new HashMap<>();
  private final Set<PartitionLease> settling = new HashSet<>();

  void add(PartitionLease lease) {
    held.put(lease.partition(), lease);
  }

  /** Not for a lease of the same partition from before. */
  boolean isHeld(PartitionLease lease) {
    return held.get(lease.partition()) == lease;
  }

  Set<PartitionLease> of(Collection<TopicPartition> partitions) {
    Set<PartitionLease> leases = new HashSet<>(held.values());
    leases.removeIf(lease -> !partitions.contains(lease.partition()));
    return leases;
  }

  List<PartitionLease> all() {
    return List.copyOf(held.values());
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** Whether the lease's last commit is to be made now: once. */
  boolean settle(PartitionLease lease) {
    return isHeld(lease) && settling.add(lease);
  }

  boolean isSettling(PartitionLease lease) {
    return settling.contains(lease);
  }

  /** Closes the lease's gate for good. */
  void forget(PartitionLease lease) {
    lease.close();
    held.remove(lease.partition(), lease);
    settling.remove(lease);
  }
}
