/**
 * A windowed join whose members are killed, leave and come, compared with a batch computation over
 * the same real input.
 */
@NullMarked
package io.castalia.bench.visits;

import org.jspecify.annotations.NullMarked;
