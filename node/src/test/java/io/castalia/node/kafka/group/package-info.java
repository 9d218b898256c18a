/** Tests of the requests for consumer groups, through the wire format. */
@NullMarked
package io.castalia.node.kafka.group;

import org.jspecify.annotations.NullMarked;
