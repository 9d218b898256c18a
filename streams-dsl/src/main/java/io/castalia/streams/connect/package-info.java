/**
 * Connectors: named streams between topics and other systems that run somewhere in the cluster
 * exactly once. {@link io.castalia.streams.connect.Connectors} is the way in, {@link
 * io.castalia.streams.connect.SourcePlugin} and {@link io.castalia.streams.connect.SinkPlugin} are
 * what a kind of connector implements. May use {@code api} and the streams above it.
 */
@NullMarked
package io.castalia.streams.connect;

import org.jspecify.annotations.NullMarked;
