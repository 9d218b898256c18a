/** Kills servers under load at random moments and checks that nothing acknowledged is lost. */
@NullMarked
package io.castalia.bench.crash;

import org.jspecify.annotations.NullMarked;
