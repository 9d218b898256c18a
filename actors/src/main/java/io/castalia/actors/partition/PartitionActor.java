package io.castalia.actors.partition;

import io.castalia.actors.fence.Fencing;
import io.castalia.actors.partition.PartitionCommand.Append;
import io.castalia.actors.partition.PartitionCommand.Await;
import io.castalia.actors.partition.PartitionCommand.CheckRetention;
import io.castalia.actors.partition.PartitionCommand.DeleteRecords;
import io.castalia.actors.partition.PartitionCommand.Describe;
import io.castalia.actors.partition.PartitionCommand.Drop;
import io.castalia.actors.partition.PartitionCommand.EndOfEpoch;
import io.castalia.actors.partition.PartitionCommand.Idle;
import io.castalia.actors.partition.PartitionCommand.Locate;
import io.castalia.actors.partition.PartitionCommand.LogDeleted;
import io.castalia.actors.partition.PartitionCommand.LogLost;
import io.castalia.actors.partition.PartitionCommand.LogReleased;
import io.castalia.actors.partition.PartitionCommand.NotVerified;
import io.castalia.actors.partition.PartitionCommand.Persisted;
import io.castalia.actors.partition.PartitionCommand.Recovered;
import io.castalia.actors.partition.PartitionCommand.Request;
import io.castalia.actors.partition.PartitionCommand.RestartJournal;
import io.castalia.actors.partition.PartitionCommand.Stop;
import io.castalia.actors.partition.PartitionCommand.Verified;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.japi.function.Procedure;

/**
 * The owner of a partition: opens its log, works on it, and leaves it when the partition moves, is
 * idle, or belongs to another node. Phases: opening, waiting to reopen, open, closing, left,
 * dropping.
 */
final class PartitionActor {
  private static final String MOVES = "the partition moves";
  private static final String DELETED = "the topic is being deleted";

  private final ActorContext<PartitionCommand> context;
  private final TimerScheduler<PartitionCommand> timers;
  private final PartitionId id;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final PartitionResources resources;
  private final HeldRequests held;
  private Duration nextBackoff;
  private boolean passivated;

  private PartitionActor(
      ActorContext<PartitionCommand> context,
      TimerScheduler<PartitionCommand> timers,
      StashBuffer<PartitionCommand> stash,
      PartitionId id,
      PartitionResources resources,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    this.context = context;
    this.timers = timers;
    this.id = id;
    this.shard = shard;
    this.resources = resources;
    this.held = new HeldRequests(stash, resources.settings().maxWaitingBytes());
    this.nextBackoff = resources.settings().restartBackoffMin();
  }

  static Behavior<PartitionCommand> create(
      PartitionId id, ActorRef<ClusterSharding.ShardCommand> shard, PartitionResources resources) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    Behaviors.withStash(
                        HeldRequests.CAPACITY,
                        stash ->
                            new PartitionActor(context, timers, stash, id, resources, shard)
                                .start())));
  }

  private Behavior<PartitionCommand> start() {
    timers.startTimerWithFixedDelay(
        new CheckRetention(), resources.settings().retentionCheckInterval());
    context.setReceiveTimeout(resources.settings().passivateAfter(), new Idle());
    return opening();
  }

  /** Requests are held until the log is open; a failed attempt refuses them. */
  private Behavior<PartitionCommand> opening() {
    ActorRef<PartitionEvent> journal =
        context.spawnAnonymous(resources.journal().create(id, context.getSelf()));
    context.watch(journal);
    return Behaviors.receive(PartitionCommand.class)
        .onMessage(Request.class, does(held::add))
        .onMessage(Recovered.class, log -> opened(journal, log))
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .onAnyMessage(other -> Behaviors.same())
        .onSignal(Terminated.class, stopped -> reopenLater(causeOf(stopped)))
        .onSignal(PostStop.class, does(stopped -> refuseHeld()))
        .build();
  }

  private Behavior<PartitionCommand> reopenLater(Throwable cause) {
    context.getLog().warn("The log of \"{}\" could not be used", id.entityId(), cause);
    held.refuseAll(Errors.KAFKA_STORAGE_ERROR, "the log cannot be used now");
    timers.startSingleTimer(new RestartJournal(), nextBackoff);
    Duration doubled = nextBackoff.multipliedBy(2);
    Duration max = resources.settings().restartBackoffMax();
    nextBackoff = doubled.compareTo(max) < 0 ? doubled : max;
    return Behaviors.receive(PartitionCommand.class)
        .onMessage(Request.class, does(held::add))
        .onMessage(RestartJournal.class, restart -> opening())
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .onAnyMessage(other -> Behaviors.same())
        .onSignal(PostStop.class, does(stopped -> refuseHeld()))
        .build();
  }

  private void refuseHeld() {
    held.refuseAll(Errors.NOT_LEADER_OR_FOLLOWER, MOVES);
  }

  private Behavior<PartitionCommand> opened(ActorRef<PartitionEvent> journal, Recovered log) {
    ActorRef<PartitionCommand> self = context.getSelf();
    OwnedPartition partition = new OwnedPartition(id, resources, journal, log, self::tell);
    nextBackoff = resources.settings().restartBackoffMin();
    partition.checkRetention();
    return held.release(open(journal, partition));
  }

  private Behavior<PartitionCommand> open(
      ActorRef<PartitionEvent> journal, OwnedPartition partition) {
    return Behaviors.receive(PartitionCommand.class)
        .onMessage(Append.class, does(partition::append))
        .onMessage(Locate.class, does(partition::locate))
        .onMessage(Await.class, does(partition::await))
        .onMessage(Persisted.class, does(partition::persistedAndNext))
        .onMessage(Verified.class, does(partition::verifiedAndNext))
        .onMessage(NotVerified.class, failed -> notVerified(journal, partition, failed))
        .onMessage(EndOfEpoch.class, does(partition::endOfEpoch))
        .onMessage(DeleteRecords.class, does(partition::deleteRecords))
        .onMessage(Describe.class, does(partition::describe))
        .onMessage(CheckRetention.class, does(check -> partition.checkRetention()))
        .onMessage(Idle.class, does(idle -> passivateIfIdle(partition)))
        .onMessage(Drop.class, drop -> dropping(journal, partition, drop))
        .onMessage(LogLost.class, lost -> leave(journal, partition))
        .onMessage(Stop.class, stop -> closing(journal, partition))
        .onAnyMessage(other -> Behaviors.same())
        .onSignal(Terminated.class, stopped -> journalFailed(journal, partition, stopped))
        .onSignal(PostStop.class, does(stopped -> refuseAll(partition)))
        .build();
  }

  private void passivateIfIdle(OwnedPartition partition) {
    if (partition.isIdle()) {
      passivated = true;
      shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    }
  }

  private static void refuseAll(OwnedPartition partition) {
    partition.refuseAll(Errors.NOT_LEADER_OR_FOLLOWER, MOVES);
  }

  private Behavior<PartitionCommand> journalFailed(
      ActorRef<PartitionEvent> journal, OwnedPartition partition, Terminated stopped) {
    return writeFailed(journal, partition, causeOf(stopped));
  }

  private Behavior<PartitionCommand> writeFailed(
      ActorRef<PartitionEvent> journal, OwnedPartition partition, Throwable cause) {
    if (Fencing.isFenced(cause)) {
      return leave(journal, partition);
    }
    partition.refuseAll(Errors.KAFKA_STORAGE_ERROR, "the outcome of the write is not known");
    return reopenLater(cause);
  }

  /** The journal may have a next write in flight: what becomes of that is as unknown. */
  private Behavior<PartitionCommand> notVerified(
      ActorRef<PartitionEvent> journal, OwnedPartition partition, NotVerified failed) {
    context.unwatch(journal);
    context.stop(journal);
    return writeFailed(journal, partition, failed.cause());
  }

  /** Another node has the log now: this one must not take it back by itself. */
  private Behavior<PartitionCommand> leave(
      ActorRef<PartitionEvent> journal, OwnedPartition partition) {
    refuseAll(partition);
    context.stop(journal);
    return left();
  }

  private Behavior<PartitionCommand> left() {
    shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    return Behaviors.receive(PartitionCommand.class)
        .onMessage(
            Request.class, does(request -> request.refuse(Errors.NOT_LEADER_OR_FOLLOWER, MOVES)))
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .onAnyMessage(other -> Behaviors.same())
        .onSignal(Terminated.class, stopped -> Behaviors.same())
        .build();
  }

  /**
   * A write in flight is waited for; nothing new begins. A partition that moves releases its log;
   * one that is idle most likely comes back here.
   */
  private Behavior<PartitionCommand> closing(
      ActorRef<PartitionEvent> journal, OwnedPartition partition) {
    partition.refuseWaiting(Errors.NOT_LEADER_OR_FOLLOWER, MOVES);
    if (passivated && !partition.isWriting()) {
      return Behaviors.stopped();
    }
    stopIfDone(journal, partition);
    return Behaviors.receive(PartitionCommand.class)
        .onMessage(
            Request.class, does(request -> request.refuse(Errors.NOT_LEADER_OR_FOLLOWER, MOVES)))
        .onMessage(Persisted.class, does(partition::persisted))
        .onMessage(
            Verified.class,
            does(
                verified -> {
                  partition.verified(verified);
                  stopIfDone(journal, partition);
                }))
        .onMessage(NotVerified.class, does(failed -> context.stop(journal)))
        .onMessage(LogReleased.class, released -> Behaviors.stopped())
        .onAnyMessage(other -> Behaviors.same())
        .onSignal(Terminated.class, does(stopped -> releaseLog()))
        .onSignal(PostStop.class, does(stopped -> refuseAll(partition)))
        .build();
  }

  private void stopIfDone(ActorRef<PartitionEvent> journal, OwnedPartition partition) {
    if (!partition.isWriting()) {
      context.stop(journal);
    }
  }

  private void releaseLog() {
    context.pipeToSelf(resources.logs().release(id.log()), (done, failure) -> new LogReleased());
  }

  /** A write in flight is waited for, so that no row of it outlives the log. */
  private Behavior<PartitionCommand> dropping(
      ActorRef<PartitionEvent> journal, OwnedPartition partition, Drop first) {
    partition.refuseWaiting(Errors.UNKNOWN_TOPIC_OR_PARTITION, DELETED);
    List<Drop> drops = new ArrayList<>(List.of(first));
    stopIfDone(journal, partition);
    return Behaviors.receive(PartitionCommand.class)
        .onMessage(Drop.class, does(drops::add))
        .onMessage(
            Request.class,
            does(request -> request.refuse(Errors.UNKNOWN_TOPIC_OR_PARTITION, DELETED)))
        .onMessage(Persisted.class, does(partition::persisted))
        .onMessage(
            Verified.class,
            does(
                verified -> {
                  partition.verified(verified);
                  stopIfDone(journal, partition);
                }))
        .onMessage(NotVerified.class, does(failed -> context.stop(journal)))
        .onMessage(LogDeleted.class, deleted -> dropped(drops, deleted.done()))
        .onAnyMessage(other -> Behaviors.same())
        .onSignal(Terminated.class, does(stopped -> deleteLog(partition)))
        .onSignal(PostStop.class, does(stopped -> refuseDrops(drops)))
        .build();
  }

  private void deleteLog(OwnedPartition partition) {
    refuseAll(partition);
    context.pipeToSelf(
        resources.logs().delete(id.log()), (done, failure) -> new LogDeleted(failure == null));
  }

  private Behavior<PartitionCommand> dropped(List<Drop> drops, boolean done) {
    if (done) {
      resources.epochs().forget(id);
      drops.forEach(drop -> drop.replyTo().tell(new Dropped(Errors.NONE)));
      return gone();
    }
    refuseDrops(drops);
    return left();
  }

  /** Leaves by way of the shard, so that no request falls between this owner and the next. */
  private Behavior<PartitionCommand> gone() {
    shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    return Behaviors.receive(PartitionCommand.class)
        .onMessage(Drop.class, does(drop -> drop.replyTo().tell(new Dropped(Errors.NONE))))
        .onMessage(
            Request.class,
            does(request -> request.refuse(Errors.UNKNOWN_TOPIC_OR_PARTITION, DELETED)))
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .onAnyMessage(other -> Behaviors.same())
        .build();
  }

  private static void refuseDrops(List<Drop> drops) {
    drops.forEach(drop -> drop.refuse(Errors.KAFKA_STORAGE_ERROR, "the log is still there"));
  }

  private static Throwable causeOf(Terminated stopped) {
    return stopped instanceof ChildFailed failed
        ? failed.getCause()
        : new IllegalStateException("expected the journal to run, but it has stopped");
  }

  private static <T> Function<T, Behavior<PartitionCommand>> does(Procedure<T> action) {
    return message -> {
      action.apply(message);
      return Behaviors.same();
    };
  }
}
