/**
 * An actor's log, kept by a child of it: partitions, slots of groups and tasks of topologies have
 * theirs so. Knows nothing of what is journaled. Promises nothing to users.
 */
@NullMarked
package io.castalia.api.internal.journal;

import org.jspecify.annotations.NullMarked;
