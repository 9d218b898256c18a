/** Measurements of hosts, what they come to in each minute, and alerts. */
@NullMarked
package io.castalia.examples.metrics;

import org.jspecify.annotations.NullMarked;
