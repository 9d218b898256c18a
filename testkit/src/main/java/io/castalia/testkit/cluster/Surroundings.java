package io.castalia.testkit.cluster;

import io.castalia.persistence.store.LogStore;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * What a node finds when it starts.
 *
 * @param store the cluster's store
 * @param beforeJoining to be told of the ends of its links before it speaks to anybody
 * @param unreachable whether the node with this cluster port is one that it cannot reach
 */
record Surroundings(LogStore store, Consumer<LinkEnds> beforeJoining, IntPredicate unreachable) {}
