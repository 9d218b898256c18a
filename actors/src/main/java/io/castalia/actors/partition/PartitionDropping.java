package io.castalia.actors.partition;

import static io.castalia.actors.partition.PartitionOwner.does;

import io.castalia.actors.partition.PartitionCommand.Drop;
import io.castalia.actors.partition.PartitionCommand.LogDeleted;
import io.castalia.actors.partition.PartitionCommand.Request;
import io.castalia.actors.partition.PartitionCommand.Stop;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** How an owner deletes the log of a partition whose topic is deleted. Phases: dropping, gone. */
final class PartitionDropping {
  private static final String DELETED = "the topic is being deleted";

  private final PartitionOwner owner;
  private final PartitionLeaving leaving;

  PartitionDropping(PartitionOwner owner, PartitionLeaving leaving) {
    this.owner = owner;
    this.leaving = leaving;
  }

  /** A write in flight is waited for, so that no row of it outlives the log. */
  Behavior<PartitionCommand> dropping(OwnedPartition partition, Drop first) {
    partition.refuseWaiting(Errors.UNKNOWN_TOPIC_OR_PARTITION, DELETED);
    List<Drop> drops = new ArrayList<>(List.of(first));
    return owner
        .finishWrites(
            Behaviors.receive(PartitionCommand.class)
                .onMessage(Drop.class, does(drops::add))
                .onMessage(Request.class, does(PartitionDropping::refuse)),
            partition)
        .onMessage(LogDeleted.class, deleted -> dropped(drops, deleted.done()))
        .onAnyMessage(other -> Behaviors.same())
        .onSignal(Terminated.class, does(stopped -> deleteLog(partition)))
        .onSignal(PostStop.class, does(stopped -> refuseDrops(drops)))
        .build();
  }

  private static void refuse(Request request) {
    request.refuse(Errors.UNKNOWN_TOPIC_OR_PARTITION, DELETED);
  }

  private void deleteLog(OwnedPartition partition) {
    PartitionLeaving.refuseAll(partition);
    owner
        .context()
        .pipeToSelf(
            owner.resources().logs().delete(owner.id().log()),
            (done, failure) -> new LogDeleted(failure == null));
  }

  private Behavior<PartitionCommand> dropped(List<Drop> drops, boolean done) {
    if (done) {
      owner.resources().epochs().forget(owner.id());
      drops.forEach(drop -> drop.replyTo().tell(new Dropped(Errors.NONE)));
      return gone();
    }
    refuseDrops(drops);
    return leaving.left();
  }

  private Behavior<PartitionCommand> gone() {
    owner.passivate();
    return Behaviors.receive(PartitionCommand.class)
        .onMessage(Drop.class, does(drop -> drop.replyTo().tell(new Dropped(Errors.NONE))))
        .onMessage(Request.class, does(PartitionDropping::refuse))
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .onAnyMessage(other -> Behaviors.same())
        .build();
  }

  private static void refuseDrops(List<Drop> drops) {
    drops.forEach(drop -> drop.refuse(Errors.KAFKA_STORAGE_ERROR, "the log is still there"));
  }
}
