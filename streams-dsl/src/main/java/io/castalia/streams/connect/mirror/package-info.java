/** Connectors of another cluster that Kafka's clients can speak to, in both directions. */
@NullMarked
package io.castalia.streams.connect.mirror;

import org.jspecify.annotations.NullMarked;
