/** How persistent actors give up logs that are no longer theirs. */
@NullMarked
package io.castalia.actors.fence;

import org.jspecify.annotations.NullMarked;
