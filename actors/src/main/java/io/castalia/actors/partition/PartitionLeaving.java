package io.castalia.actors.partition;

import static io.castalia.actors.partition.PartitionOwner.does;

import io.castalia.actors.partition.PartitionCommand.LogReleased;
import io.castalia.actors.partition.PartitionCommand.Request;
import io.castalia.actors.partition.PartitionCommand.Stop;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * How an owner gives up a partition that moves, is idle, or belongs to another node. Phases:
 * closing, left.
 */
final class PartitionLeaving {
  private static final String MOVES = "the partition moves";

  private final PartitionOwner owner;

  PartitionLeaving(PartitionOwner owner) {
    this.owner = owner;
  }

  static void refuseAll(OwnedPartition partition) {
    partition.refuseAll(Errors.NOT_LEADER_OR_FOLLOWER, MOVES);
  }

  static void refuseAll(HeldRequests held) {
    held.refuseAll(Errors.NOT_LEADER_OR_FOLLOWER, MOVES);
  }

  static void refuse(Request request) {
    request.refuse(Errors.NOT_LEADER_OR_FOLLOWER, MOVES);
  }

  /** Another node has the log now: this one must not take it back by itself. */
  Behavior<PartitionCommand> leave(OwnedPartition partition) {
    refuseAll(partition);
    owner.context().stop(partition.journal());
    return left();
  }

  Behavior<PartitionCommand> left() {
    owner.passivate();
    return Behaviors.receive(PartitionCommand.class)
        .onMessage(Request.class, does(PartitionLeaving::refuse))
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .onAnyMessage(other -> Behaviors.same())
        .onSignal(Terminated.class, stopped -> Behaviors.same())
        .build();
  }

  /**
   * A write in flight is waited for; nothing new begins. A partition that moves releases its log;
   * one that is idle most likely comes back here.
   */
  Behavior<PartitionCommand> closing(OwnedPartition partition, boolean idle) {
    partition.refuseWaiting(Errors.NOT_LEADER_OR_FOLLOWER, MOVES);
    if (idle && !partition.isWriting()) {
      return Behaviors.stopped();
    }
    return owner
        .finishWrites(
            Behaviors.receive(PartitionCommand.class)
                .onMessage(Request.class, does(PartitionLeaving::refuse)),
            partition)
        .onMessage(LogReleased.class, released -> Behaviors.stopped())
        .onAnyMessage(other -> Behaviors.same())
        .onSignal(Terminated.class, does(stopped -> releaseLog()))
        .onSignal(PostStop.class, does(stopped -> refuseAll(partition)))
        .build();
  }

  private void releaseLog() {
    owner
        .context()
        .pipeToSelf(
            owner.resources().logs().release(owner.id().log()),
            (done, failure) -> new LogReleased());
  }
}
