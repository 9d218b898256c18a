/** Watches a node's memory while gigabytes pass through it. */
@NullMarked
package io.castalia.bench.memory;

import org.jspecify.annotations.NullMarked;
