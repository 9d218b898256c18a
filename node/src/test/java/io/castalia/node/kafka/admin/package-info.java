/** Tests of the handlers of metadata and administration. */
@NullMarked
package io.castalia.node.kafka.admin;

import org.jspecify.annotations.NullMarked;
