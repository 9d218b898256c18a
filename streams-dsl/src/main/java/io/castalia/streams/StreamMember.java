package io.castalia.streams;

import io.castalia.api.group.MemberCommand;
import io.castalia.api.group.MemberEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a running stream and its group. A partition that the group wants back goes through
 * three steps before another member may have it: its gate closes, what has passed the gate is
 * processed, what is processed is committed. The same happens to all when the stream ends.
 */
final class StreamMember extends AbstractBehavior<StreamCommand> {
  private static final Logger LOG = LoggerFactory.getLogger(StreamMember.class);

  private static final MemberEvent MEMBER_FAILED =
      new MemberEvent.Failed(Errors.UNKNOWN_SERVER_ERROR, "the member of the group has failed");

  private final TimerScheduler<StreamCommand> timers;
  private final StreamSession session;
  private final LeaseQueue queue;
  private final Duration patience;
  private final ActorRef<MemberCommand> member;
  private final Leases leases = new Leases();
  private final LeaseCommits commits;
  private boolean stopping;
  private Optional<Throwable> failure = Optional.empty();

  private StreamMember(
      ActorContext<StreamCommand> context, TimerScheduler<StreamCommand> timers, Start start) {
    super(context);
    this.timers = timers;
    this.session = start.session();
    this.queue = start.queue();
    this.patience = start.settings().group().rebalanceTimeout();
    this.member =
        context.spawn(
            Memberships.of(
                start.settings(),
                start.subscription(),
                context.messageAdapter(MemberEvent.class, StreamCommand.Told::new)),
            "member");
    this.commits = new LeaseCommits(context, member, leases);
    context.watchWith(member, new StreamCommand.Told(MEMBER_FAILED));
  }

  private record Start(
      StreamSession session,
      ConsumerSettings<?, ?> settings,
      Subscription subscription,
      LeaseQueue queue) {}

  static Behavior<StreamCommand> create(
      StreamSession session,
      ConsumerSettings<?, ?> settings,
      Subscription subscription,
      LeaseQueue queue) {
    Start start = new Start(session, settings, subscription, queue);
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new StreamMember(context, timers, start)));
  }

  @Override
  public Receive<StreamCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(StreamCommand.Told.class, told -> onEvent(told.event()))
        .onMessage(StreamCommand.Commit.class, this::onCommit)
        .onMessage(StreamCommand.Committed.class, this::onCommitted)
        .onMessage(StreamCommand.Drained.class, drained -> settle(drained.lease()))
        .onMessage(StreamCommand.Settled.class, this::onSettled)
        .onMessage(StreamCommand.TimeUp.class, this::onTimeUp)
        .onMessage(StreamCommand.Stop.class, stop -> onStop())
        .onMessage(StreamCommand.SourceEnded.class, this::onSourceEnded)
        .onMessage(StreamCommand.StreamEnded.class, ended -> onStreamEnded())
        .onSignal(PostStop.class, stopped -> onPostStop())
        .build();
  }

  private Behavior<StreamCommand> onEvent(MemberEvent event) {
    if (event instanceof MemberEvent.Assigned assigned) {
      assigned.partitions().forEach(this::begin);
    } else if (event instanceof MemberEvent.Revoking revoking) {
      drain(leases.of(revoking.partitions()), revoking.within());
    } else if (event instanceof MemberEvent.Lost lost) {
      LOG.warn("{} lost {}: {}", this, lost.partitions(), lost.error().message());
      leases.of(lost.partitions()).forEach(leases::forget);
      leaveIfNothingIsLeft();
    } else if (event instanceof MemberEvent.Failed failed) {
      return onFailed(failed.error().exception(failed.message()));
    } else {
      return end();
    }
    return this;
  }

  private void begin(TopicPartition partition, Optional<OffsetAndMetadata> begin) {
    PartitionLease lease = new PartitionLease(session, partition, begin);
    leases.add(lease);
    if (stopping) {
      lease.close();
      settle(lease);
    } else if (!queue.offer(lease)) {
      LOG.warn("{} got {}, but its source takes no more", this, partition);
      lease.close();
    }
  }

  /** Closes gates, and settles each lease when it is drained or when the time is up. */
  private void drain(Set<PartitionLease> drained, Duration within) {
    drained.forEach(PartitionLease::close);
    if (!drained.isEmpty()) {
      timers.startSingleTimer(drained, new StreamCommand.TimeUp(drained), within);
    }
    drained.stream().filter(PartitionLease::isDrained).forEach(this::settle);
  }

  private Behavior<StreamCommand> onTimeUp(StreamCommand.TimeUp timeUp) {
    timeUp.leases().stream()
        .filter(lease -> leases.isHeld(lease) && !leases.isSettling(lease))
        .forEach(
            lease -> {
              LOG.warn(
                  "{} did not commit all that it emitted of {} in time; another member reads on"
                      + " from what it did commit",
                  this,
                  lease);
              settle(lease);
            });
    return this;
  }

  /** Commits what is processed, and then lets go. */
  private Behavior<StreamCommand> settle(PartitionLease lease) {
    if (!leases.settle(lease)) {
      return this;
    }
    Optional<OffsetAndMetadata> last = lease.uncommitted();
    if (last.isEmpty()) {
      return onSettled(new StreamCommand.Settled(lease, last, Errors.NONE));
    }
    commits.commitLast(lease, last.get());
    return this;
  }

  private Behavior<StreamCommand> onSettled(StreamCommand.Settled settled) {
    PartitionLease lease = settled.lease();
    if (settled.error() == Errors.NONE) {
      settled.committed().ifPresent(lease::committed);
    } else {
      LOG.warn(
          "{} could not commit {} before it let go: {}", this, lease, settled.error().message());
    }
    if (leases.isHeld(lease)) {
      leases.forget(lease);
      member.tell(new MemberCommand.Revoked(Set.of(lease.partition())));
      leaveIfNothingIsLeft();
    }
    return this;
  }

  private Behavior<StreamCommand> onCommit(StreamCommand.Commit commit) {
    commits.commit(commit);
    return this;
  }

  private Behavior<StreamCommand> onCommitted(StreamCommand.Committed committed) {
    commits.onCommitted(committed);
    return this;
  }

  private Behavior<StreamCommand> onStop() {
    if (!stopping) {
      stopping = true;
      queue.complete();
      drain(Set.copyOf(leases.all()), patience);
      leaveIfNothingIsLeft();
    }
    return this;
  }

  private Behavior<StreamCommand> onSourceEnded(StreamCommand.SourceEnded ended) {
    failure = failure.or(ended::failure);
    return ended.failure().isPresent() ? onStreamEnded() : onStop();
  }

  /** Waits for nothing that has not been processed yet. */
  private Behavior<StreamCommand> onStreamEnded() {
    onStop();
    leases.all().forEach(this::settle);
    return this;
  }

  private void leaveIfNothingIsLeft() {
    if (stopping && leases.isEmpty()) {
      member.tell(new MemberCommand.Leave());
    }
  }

  private Behavior<StreamCommand> onFailed(Throwable cause) {
    failure = Optional.of(cause);
    leases.all().forEach(leases::forget);
    queue.fail(cause);
    return end();
  }

  private Behavior<StreamCommand> end() {
    session.end(failure);
    return Behaviors.stopped();
  }

  /** Without a farewell, where this actor failed or its system ends. */
  private Behavior<StreamCommand> onPostStop() {
    if (!session.ended().toCompletableFuture().isDone()) {
      onFailed(Errors.BROKER_NOT_AVAILABLE.exception(this + " was stopped"));
    }
    return this;
  }

  @Override
  public String toString() {
    return "A stream of group \"" + session.groupId() + "\"";
  }
}
