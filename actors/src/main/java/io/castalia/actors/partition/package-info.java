/**
 * One topic partition: its commands, its pure decisions, its two actors, and the node's way to ask
 * it.
 */
@NullMarked
package io.castalia.actors.partition;

import org.jspecify.annotations.NullMarked;
