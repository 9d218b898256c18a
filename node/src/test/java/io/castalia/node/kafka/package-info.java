/** Tests of the gateway, with partitions and topics in memory. */
@NullMarked
package io.castalia.node.kafka;

import org.jspecify.annotations.NullMarked;
