/** Servers that a proof may kill and bring back. */
@NullMarked
package io.castalia.bench.topology;

import org.jspecify.annotations.NullMarked;
