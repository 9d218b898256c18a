/**
 * Pekko Streams sources and sinks over topics, with the names and shapes of the Pekko connector
 * family. Records are Kafka's own {@code ProducerRecord} and {@code ConsumerRecord}.
 */
@NullMarked
package io.castalia.streams;

import org.jspecify.annotations.NullMarked;
