/** Fills the disk beneath a node under load and checks that nothing acknowledged is lost. */
@NullMarked
package io.castalia.bench.disk;

import org.jspecify.annotations.NullMarked;
