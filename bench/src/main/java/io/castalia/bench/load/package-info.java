/** Load for proofs: producers that give nothing up, records that say who they are, and the end. */
@NullMarked
package io.castalia.bench.load;

import org.jspecify.annotations.NullMarked;
