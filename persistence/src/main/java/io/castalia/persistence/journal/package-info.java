/** The Pekko Persistence journal and snapshot store with the fence, over any {@code LogStore}. */
@NullMarked
package io.castalia.persistence.journal;

import org.jspecify.annotations.NullMarked;
