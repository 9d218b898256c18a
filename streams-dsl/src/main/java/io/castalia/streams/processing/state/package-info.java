/** The state of processors as they and others see it: stores by key, by window and by session. */
@NullMarked
package io.castalia.streams.processing.state;

import org.jspecify.annotations.NullMarked;
