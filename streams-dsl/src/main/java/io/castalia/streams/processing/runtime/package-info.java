/**
 * Runs topologies in the cluster: {@link
 * io.castalia.streams.processing.runtime.ProcessingApplication} starts one, {@link
 * io.castalia.streams.processing.runtime.ProcessingClient} asks it. Its tasks are sharded,
 * persistent actors; what they decide is decided in {@code ...processing.internal}.
 */
@NullMarked
package io.castalia.streams.processing.runtime;

import org.jspecify.annotations.NullMarked;
