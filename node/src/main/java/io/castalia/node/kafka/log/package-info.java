/** Handlers of requests that read and write partitions. They ask partitions and topics only. */
@NullMarked
package io.castalia.node.kafka.log;

import org.jspecify.annotations.NullMarked;
