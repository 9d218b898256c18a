/** Pekko Streams sources, sinks and flows over topics. */
@NullMarked
package io.castalia.streams;

import org.jspecify.annotations.NullMarked;
