/**
 * Kafka's requests for consumer groups, one handler class each. They know groups and topics through
 * their interfaces, and the cluster through {@link io.castalia.node.kafka.admin.ClusterView}; what
 * a group decides, its coordinator decides.
 */
@NullMarked
package io.castalia.node.kafka.group;

import org.jspecify.annotations.NullMarked;
