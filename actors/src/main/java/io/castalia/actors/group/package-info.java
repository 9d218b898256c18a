/**
 * Consumer groups: membership, generations and committed offsets, one event-sourced coordinator per
 * group beneath one cluster singleton per slot. Decisions are pure; only actors see time.
 */
@NullMarked
package io.castalia.actors.group;

import org.jspecify.annotations.NullMarked;
