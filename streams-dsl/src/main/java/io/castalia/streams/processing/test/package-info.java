/**
 * Drives a topology in a plain test: no cluster, no actors, no clock, no waiting. What runs is what
 * runs in a cluster.
 */
@NullMarked
package io.castalia.streams.processing.test;

import org.jspecify.annotations.NullMarked;
