/**
 * How shards change nodes without a request being refused: requests wait where they are asked until
 * their shard has moved. Knows nothing of what shards hold.
 */
@NullMarked
package io.castalia.actors.shard;

import org.jspecify.annotations.NullMarked;
