/** Proofs and measurements of Castalia from outside, by processes and real clients. */
@NullMarked
package io.castalia.bench;

import org.jspecify.annotations.NullMarked;
