/**
 * Applications that work on streams, each a process: the same work with Castalia's processing and
 * with Kafka Streams. Nothing else of the benchmarks is used here.
 */
@NullMarked
package io.castalia.bench.applications;

import org.jspecify.annotations.NullMarked;
