package io.castalia.testkit.cluster;

/**
 * A node's ends of its links.
 *
 * @param nodes to the other nodes
 * @param store to the store
 */
record LinkEnds(RemotingLinks nodes, StoreLink store) {}
