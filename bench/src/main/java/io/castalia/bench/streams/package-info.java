/**
 * Castalia's processing beside Kafka Streams: the same work on the same input, in turns. The
 * applications are processes of module {@code bench/applications}.
 */
@NullMarked
package io.castalia.bench.streams;

import org.jspecify.annotations.NullMarked;
