/**
 * Whole clusters in the test's own process: real nodes over a store in memory, faults on demand,
 * and real Kafka clients.
 */
@NullMarked
package io.castalia.testkit.cluster;

import org.jspecify.annotations.NullMarked;
