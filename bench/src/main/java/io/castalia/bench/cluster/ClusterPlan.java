package io.castalia.bench.cluster;

/**
 * What is done to the nodes of a cluster, in this order, to one node after the other.
 *
 * @param kills of a node
 * @param leaves of a node
 * @param freezes of a node
 * @param freezeSeconds how long each stands still
 * @param rolls rolling restarts of all nodes
 * @param restarts whether nodes that were killed or have left are started again
 * @param grows whether one more node is started in the end
 */
record ClusterPlan(
    int kills,
    int leaves,
    int freezes,
    int freezeSeconds,
    int rolls,
    boolean restarts,
    boolean grows) {}
