package io.castalia.actors.shard;

import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.UniqueAddress;

/** What nodes tell each other about shards that move. */
sealed interface ShardMessage {

  /** What a node is told by another. */
  sealed interface Notice extends ShardMessage, ShardCommand {}

  /** These shards are about to move: no more requests for them. */
  record CloseGates(Set<String> shards, ActorRef<GatesClosed> replyTo) implements Notice {
    public CloseGates {
      shards = Set.copyOf(shards);
    }
  }

  /** A shard has a place. */
  record ShardPlaced(String shard, Address member) implements Notice {}

  /** A node leaves: it gives its shards away and takes none. */
  record NodeLeaves(UniqueAddress node) implements Notice {}

  /**
   * What a node asks of shards, as an average.
   *
   * @param loads by shard, per second, in bytes or what costs the same
   */
  record LoadsTold(UniqueAddress node, Map<String, Double> loads) implements Notice {
    public LoadsTold {
      loads = Map.copyOf(loads);
    }
  }

  /** Nothing that the node has asked of the shards is open any more. */
  record GatesClosed() implements ShardMessage {}
}
