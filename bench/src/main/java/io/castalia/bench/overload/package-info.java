/** Puts more load on a node than it takes, and looks at what becomes of everybody's requests. */
@NullMarked
package io.castalia.bench.overload;

import org.jspecify.annotations.NullMarked;
