/** Simulated clusters, faults and checkers for tests. */
@NullMarked
package io.castalia.testkit;

import org.jspecify.annotations.NullMarked;
