/** Tests of the handlers of requests that read and write partitions. */
@NullMarked
package io.castalia.node.kafka.log;

import org.jspecify.annotations.NullMarked;
