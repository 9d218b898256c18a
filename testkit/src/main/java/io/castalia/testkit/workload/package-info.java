/**
 * Producers and consumers that write down what they do and see, on any cluster that Kafka's clients
 * can use, and the verdict on it.
 */
@NullMarked
package io.castalia.testkit.workload;

import org.jspecify.annotations.NullMarked;
