/**
 * Kafka's metadata and administration requests, one handler class each. They know topics and
 * partitions through their interfaces, and the cluster through {@link
 * io.castalia.node.kafka.admin.ClusterView}.
 */
@NullMarked
package io.castalia.node.kafka.admin;

import org.jspecify.annotations.NullMarked;
