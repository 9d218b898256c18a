/**
 * Topologies of streams and tables, with the names that users of Kafka Streams know: {@link
 * io.castalia.streams.processing.StreamsBuilder} builds one, and {@code
 * io.castalia.streams.processing.runtime} runs it. Nothing here knows an actor or a clock.
 */
@NullMarked
package io.castalia.streams.processing;

import org.jspecify.annotations.NullMarked;
