package io.castalia.actors.partition;

import static io.castalia.actors.partition.PartitionOwner.does;

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
import io.castalia.actors.partition.PartitionCommand.LogLost;
import io.castalia.actors.partition.PartitionCommand.NotVerified;
import io.castalia.actors.partition.PartitionCommand.Persisted;
import io.castalia.actors.partition.PartitionCommand.Recovered;
import io.castalia.actors.partition.PartitionCommand.Request;
import io.castalia.actors.partition.PartitionCommand.RestartJournal;
import io.castalia.actors.partition.PartitionCommand.Stop;
import io.castalia.actors.partition.PartitionCommand.Verified;
import java.time.Duration;
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

/**
 * The owner of a partition: opens its log, works on it, and leaves it when the partition moves, is
 * idle, or belongs to another node. Phases: opening, waiting to reopen, open; then those of {@link
 * PartitionLeaving} or {@link PartitionDropping}.
 */
final class PartitionActor {
  private final ActorContext<PartitionCommand> context;
  private final TimerScheduler<PartitionCommand> timers;
  private final PartitionOwner owner;
  private final PartitionLeaving leaving;
  private final PartitionResources resources;
  private final HeldRequests held;
  private Duration nextBackoff;
  private boolean passivated;
  private long openingSince;

  private PartitionActor(
      PartitionOwner owner,
      TimerScheduler<PartitionCommand> timers,
      StashBuffer<PartitionCommand> stash) {
    this.context = owner.context();
    this.timers = timers;
    this.owner = owner;
    this.leaving = new PartitionLeaving(owner);
    this.resources = owner.resources();
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
                            new PartitionActor(
                                    new PartitionOwner(context, id, shard, resources),
                                    timers,
                                    stash)
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
    openingSince = resources.meters().now();
    ActorRef<PartitionEvent> journal =
        context.spawnAnonymous(resources.journal().create(owner.id(), context.getSelf()));
    context.watch(journal);
    return Behaviors.receive(PartitionCommand.class)
        .onMessage(Request.class, does(held::add))
        .onMessage(Recovered.class, log -> opened(journal, log))
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .onAnyMessage(other -> Behaviors.same())
        .onSignal(Terminated.class, stopped -> reopenLater(causeOf(stopped)))
        .onSignal(PostStop.class, does(stopped -> PartitionLeaving.refuseAll(held)))
        .build();
  }

  private Behavior<PartitionCommand> reopenLater(Throwable cause) {
    resources.meters().failed();
    context.getLog().warn("The log of \"{}\" could not be used", owner.id().entityId(), cause);
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
        .onSignal(PostStop.class, does(stopped -> PartitionLeaving.refuseAll(held)))
        .build();
  }

  private Behavior<PartitionCommand> opened(ActorRef<PartitionEvent> journal, Recovered log) {
    ActorRef<PartitionCommand> self = context.getSelf();
    OwnedPartition partition = new OwnedPartition(owner.id(), resources, journal, log, self::tell);
    resources.meters().activated(openingSince);
    nextBackoff = resources.settings().restartBackoffMin();
    partition.checkRetention();
    return held.release(open(partition));
  }

  private Behavior<PartitionCommand> open(OwnedPartition partition) {
    PartitionDropping deletion = new PartitionDropping(owner, leaving);
    return Behaviors.receive(PartitionCommand.class)
        .onMessage(Append.class, does(partition::append))
        .onMessage(Locate.class, does(partition::locate))
        .onMessage(Await.class, does(partition::await))
        .onMessage(Persisted.class, does(partition::persistedAndNext))
        .onMessage(Verified.class, does(partition::verifiedAndNext))
        .onMessage(NotVerified.class, failed -> notVerified(partition, failed))
        .onMessage(EndOfEpoch.class, does(partition::endOfEpoch))
        .onMessage(DeleteRecords.class, does(partition::deleteRecords))
        .onMessage(Describe.class, does(partition::describe))
        .onMessage(CheckRetention.class, does(check -> partition.checkRetention()))
        .onMessage(Idle.class, does(idle -> passivateIfIdle(partition)))
        .onMessage(Drop.class, drop -> deletion.dropping(partition, drop))
        .onMessage(LogLost.class, lost -> leaving.leave(partition))
        .onMessage(Stop.class, stop -> leaving.closing(partition, passivated))
        .onAnyMessage(other -> Behaviors.same())
        .onSignal(Terminated.class, stopped -> writeFailed(partition, causeOf(stopped)))
        .onSignal(PostStop.class, does(stopped -> PartitionLeaving.refuseAll(partition)))
        .build();
  }

  private void passivateIfIdle(OwnedPartition partition) {
    if (partition.isIdle()) {
      passivated = true;
      owner.passivate();
    }
  }

  private Behavior<PartitionCommand> writeFailed(OwnedPartition partition, Throwable cause) {
    if (Fencing.isFenced(cause)) {
      return leaving.leave(partition);
    }
    partition.refuseAll(Errors.KAFKA_STORAGE_ERROR, "the outcome of the write is not known");
    return reopenLater(cause);
  }

  /** The journal may have a next write in flight: what becomes of that is as unknown. */
  private Behavior<PartitionCommand> notVerified(OwnedPartition partition, NotVerified failed) {
    context.unwatch(partition.journal());
    context.stop(partition.journal());
    return writeFailed(partition, failed.cause());
  }

  private static Throwable causeOf(Terminated stopped) {
    return stopped instanceof ChildFailed failed
        ? failed.getCause()
        : new IllegalStateException("expected the journal to run, but it has stopped");
  }
}
