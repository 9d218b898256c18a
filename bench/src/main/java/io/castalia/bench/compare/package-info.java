/**
 * The same load on several brokers in turn, with Kafka's own tools, and a table of what came out.
 */
@NullMarked
package io.castalia.bench.compare;

import org.jspecify.annotations.NullMarked;
