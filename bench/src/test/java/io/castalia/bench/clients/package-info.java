/** Unchanged clients on real input, against a node that is started as its users start it. */
@NullMarked
package io.castalia.bench.clients;

import org.jspecify.annotations.NullMarked;
