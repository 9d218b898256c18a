package io.castalia.actors.shard;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;

/** What the actor for shards of a node is told. */
sealed interface ShardCommand permits ShardCommand.Local, ShardMessage.Notice {

  /** What its own node tells it. */
  sealed interface Local extends ShardCommand, NoSerializationVerificationNeeded {}

  /**
   * Has all nodes close the gates of these shards.
   *
   * @param done completes when they have, or when that takes too long
   */
  record CloseAll(Set<String> shards, CompletableFuture<Done> done) implements Local {}

  /** Tells all nodes where a shard is. */
  record TellAll(ShardMessage.ShardPlaced placed) implements Local {}

  /** This node leaves. */
  record Leave() implements Local {}

  /** Time to say again that this node leaves, since others may have come. */
  record SayAgain() implements Local {}

  /** Time to tell what this node asks of shards. */
  record TellLoads() implements Local {}

  /** A node is no member any more. */
  record Gone(MemberRemoved member) implements Local {}

  /** The actors for shards of all nodes. */
  record Peers(Receptionist.Listing listing) implements Local {}
}
