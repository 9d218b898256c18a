/**
 * Kafka's requests by hand, for tests of what clients never do, or of moments that they do not stop
 * at. Uses Kafka's own message classes and a socket, nothing of Castalia.
 */
@NullMarked
package io.castalia.testkit.wire;

import org.jspecify.annotations.NullMarked;
