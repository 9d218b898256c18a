/**
 * Nodes of one cluster that die, leave, stand still and come under load, and what clients see of
 * it.
 */
@NullMarked
package io.castalia.bench.cluster;

import org.jspecify.annotations.NullMarked;
