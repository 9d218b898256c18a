package io.castalia.testkit.junit;

import io.castalia.testkit.cluster.SimulatedCluster;

/** What a cluster looked like when a test had failed; suppressed by what the test threw. */
final class ClusterAtFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClusterAtFailure(SimulatedCluster cluster) {
    super(cluster.toString(), null, false, false);
  }
}
