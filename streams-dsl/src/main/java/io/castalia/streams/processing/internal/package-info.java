/**
 * How a topology works: its graph, its operators, and the machine of one task, which makes of
 * records and a state the records to publish and the changes of the state. Pure, and no part of the
 * public interface: it may change at any time.
 */
@NullMarked
package io.castalia.streams.processing.internal;

import org.jspecify.annotations.NullMarked;
