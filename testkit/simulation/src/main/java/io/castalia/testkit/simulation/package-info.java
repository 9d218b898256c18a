/**
 * Time, a network and failures from a seed, on one thread, for tests of protocols. Uses nothing of
 * Castalia, so that every module's tests can use it.
 */
@NullMarked
package io.castalia.testkit.simulation;

import org.jspecify.annotations.NullMarked;
