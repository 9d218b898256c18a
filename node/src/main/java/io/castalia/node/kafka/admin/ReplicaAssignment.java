package io.castalia.node.kafka.admin;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks replica assignments that a client made by hand. They say how many partitions there are;
 * where these run is the cluster's choice, so beyond the check they have no effect.
 */
final class ReplicaAssignment {
  private ReplicaAssignment() {}

  /** What is wrong with the nodes named for partitions, if anything is. */
  static Optional<String> complaint(List<List<Integer>> assignments, Set<Integer> nodes) {
    for (List<Integer> replicas : assignments) {
      Optional<String> complaint = complaintAboutOne(replicas, nodes);
      if (complaint.isPresent()) {
        return complaint;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> complaintAboutOne(List<Integer> replicas, Set<Integer> nodes) {
    if (replicas.isEmpty()) {
      return Optional.of("Expected at least one node for each partition, but one has none");
    }
    if (new HashSet<>(replicas).size() < replicas.size()) {
      return Optional.of("Expected each node once per partition, but there was " + replicas);
    }
    if (!nodes.containsAll(replicas)) {
      return Optional.of("Expected nodes out of " + nodes + ", but there was " + replicas);
    }
    return Optional.empty();
  }
}
