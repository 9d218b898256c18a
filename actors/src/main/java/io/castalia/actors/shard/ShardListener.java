package io.castalia.actors.shard;

import org.apache.pekko.actor.Address;

/** Told on each node of shards that move. Called by one thread at a time; must not block. */
public interface ShardListener {

  /** A shard is about to move; the node that has it still has it. */
  void moving(String shard);

  /** A shard is on this member from now on. */
  void placed(String shard, Address member);
}
