package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.NotVerified;
import io.castalia.actors.partition.PartitionCommand.Persisted;
import io.castalia.actors.partition.PartitionCommand.Verified;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.BehaviorBuilder;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.japi.function.Procedure;

/**
 * What the phases of a partition's owner have in common.
 *
 * @param shard which has the owner stopped when it asks for that
 */
record PartitionOwner(
    ActorContext<PartitionCommand> context,
    PartitionId id,
    ActorRef<ClusterSharding.ShardCommand> shard,
    PartitionResources resources) {

  static <T> Function<T, Behavior<PartitionCommand>> does(Procedure<T> action) {
    return message -> {
      action.apply(message);
      return Behaviors.same();
    };
  }

  /** Ends by way of the shard, so that no request falls between this owner and the next. */
  void passivate() {
    shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
  }

  /** Adds to a phase that begins no write: the journal stops as soon as none is in flight. */
  BehaviorBuilder<PartitionCommand> finishWrites(
      BehaviorBuilder<PartitionCommand> phase, OwnedPartition partition) {
    stopJournalIfDone(partition);
    return phase
        .onMessage(Persisted.class, does(partition::persisted))
        .onMessage(
            Verified.class,
            does(
                verified -> {
                  partition.verified(verified);
                  stopJournalIfDone(partition);
                }))
        .onMessage(NotVerified.class, does(failed -> context.stop(partition.journal())));
  }

  private void stopJournalIfDone(OwnedPartition partition) {
    if (!partition.isWriting()) {
      context.stop(partition.journal());
    }
  }
}
