package io.castalia.streams;

import io.castalia.api.group.CommitResult;
import io.castalia.api.group.MemberCommand;
import io.castalia.api.group.MemberEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a running stream and its group. A partition that the group wants back goes through
 * three steps before another member may have it: its gate closes, what has passed the gate is
 * processed, what is processed is committed. The same happens to all when the stream ends.
 */
final class StreamMember extends AbstractBehavior<StreamMember.Command> {
  private static final Logger LOG = LoggerFactory.getLogger(StreamMember.class);

  /** What becomes of a commit for a partition that the stream has no longer. */
  static final Errors LOST = Errors.FENCED_MEMBER_EPOCH;

  /** Beyond what the member takes to give up a commit. */
  private static final Duration COMMIT_TIMEOUT = Duration.ofMinutes(3);

  sealed interface Command extends NoSerializationVerificationNeeded {}

  /** See {@link StreamSession#commit}. */
  record Commit(
      Map<PartitionLease, OffsetAndMetadata> offsets,
      CompletableFuture<Map<PartitionLease, Errors>> done)
      implements Command {}

  record Drained(PartitionLease lease) implements Command {}

  record Stop() implements Command {}

  record SourceEnded(Optional<Throwable> failure) implements Command {}

  record StreamEnded() implements Command {}

  private record Told(MemberEvent event) implements Command {}

  private record Committed(Commit commit, Map<TopicPartition, Errors> result) implements Command {}

  private record Settled(PartitionLease lease, Optional<OffsetAndMetadata> committed, Errors error)
      implements Command {}

  private record TimeUp(Set<PartitionLease> leases) implements Command {}

  private final TimerScheduler<Command> timers;
  private final StreamSession session;
  private final BoundedSourceQueue<PartitionLease> queue;
  private final Duration patience;
  private final ActorRef<MemberCommand> member;
  private final Map<TopicPartition, PartitionLease> leases = new HashMap<>();
  private final Set<PartitionLease> settling = new HashSet<>();
  private boolean stopping;
  private boolean leaving;
  private Optional<Throwable> failure = Optional.empty();

  private StreamMember(ActorContext<Command> context, TimerScheduler<Command> timers, Start start) {
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
                context.messageAdapter(MemberEvent.class, Told::new)),
            "member");
  }

  private record Start(
      StreamSession session,
      ConsumerSettings<?, ?> settings,
      Subscription subscription,
      BoundedSourceQueue<PartitionLease> queue) {}

  static Behavior<Command> create(
      StreamSession session,
      ConsumerSettings<?, ?> settings,
      Subscription subscription,
      BoundedSourceQueue<PartitionLease> queue) {
    Start start = new Start(session, settings, subscription, queue);
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new StreamMember(context, timers, start)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Told.class, told -> onEvent(told.event()))
        .onMessage(Commit.class, this::onCommit)
        .onMessage(Committed.class, this::onCommitted)
        .onMessage(Drained.class, drained -> settle(drained.lease()))
        .onMessage(Settled.class, this::onSettled)
        .onMessage(TimeUp.class, this::onTimeUp)
        .onMessage(Stop.class, stop -> onStop())
        .onMessage(SourceEnded.class, this::onSourceEnded)
        .onMessage(StreamEnded.class, ended -> onStreamEnded())
        .onSignal(PostStop.class, stopped -> onPostStop())
        .build();
  }

  private Behavior<Command> onEvent(MemberEvent event) {
    if (event instanceof MemberEvent.Assigned assigned) {
      assigned.partitions().forEach(this::begin);
    } else if (event instanceof MemberEvent.Revoking revoking) {
      drain(held(revoking.partitions()), revoking.within());
    } else if (event instanceof MemberEvent.Lost lost) {
      LOG.warn("{} lost {}: {}", this, lost.partitions(), lost.error().message());
      held(lost.partitions()).forEach(this::forget);
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
    leases.put(partition, lease);
    if (stopping) {
      lease.close();
      settle(lease);
    } else if (!QueueOfferResult.enqueued().equals(queue.offer(lease))) {
      LOG.warn("{} got {}, but its source takes no more", this, partition);
      lease.close();
    }
  }

  private Set<PartitionLease> held(Collection<TopicPartition> partitions) {
    Set<PartitionLease> held = new HashSet<>(leases.values());
    held.removeIf(lease -> !partitions.contains(lease.partition()));
    return held;
  }

  private boolean isHeld(PartitionLease lease) {
    return leases.get(lease.partition()) == lease;
  }

  /** Closes gates, and settles each lease when it is drained or when the time is up. */
  private void drain(Set<PartitionLease> drained, Duration within) {
    drained.forEach(PartitionLease::close);
    if (!drained.isEmpty()) {
      timers.startSingleTimer(drained, new TimeUp(drained), within);
    }
    drained.stream().filter(PartitionLease::isDrained).forEach(this::settle);
  }

  private Behavior<Command> onTimeUp(TimeUp timeUp) {
    timeUp.leases().stream()
        .filter(lease -> isHeld(lease) && !settling.contains(lease))
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
  private Behavior<Command> settle(PartitionLease lease) {
    if (!isHeld(lease) || !settling.add(lease)) {
      return this;
    }
    Optional<OffsetAndMetadata> last = lease.uncommitted();
    if (last.isEmpty()) {
      return onSettled(new Settled(lease, last, Errors.NONE));
    }
    ask(
        Map.of(lease.partition(), last.get()),
        result -> new Settled(lease, last, result.getOrDefault(lease.partition(), LOST)));
    return this;
  }

  private Behavior<Command> onSettled(Settled settled) {
    PartitionLease lease = settled.lease();
    if (settled.error() == Errors.NONE) {
      settled.committed().ifPresent(lease::committed);
    } else {
      LOG.warn(
          "{} could not commit {} before it let go: {}", this, lease, settled.error().message());
    }
    if (isHeld(lease)) {
      forget(lease);
      member.tell(new MemberCommand.Revoked(Set.of(lease.partition())));
      leaveIfNothingIsLeft();
    }
    return this;
  }

  private void forget(PartitionLease lease) {
    lease.close();
    leases.remove(lease.partition(), lease);
    settling.remove(lease);
  }

  private Behavior<Command> onCommit(Commit commit) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    commit
        .offsets()
        .forEach(
            (lease, offset) -> {
              if (isHeld(lease)) {
                offsets.put(lease.partition(), lease.latest(offset));
              }
            });
    if (offsets.isEmpty()) {
      return onCommitted(new Committed(commit, Map.of()));
    }
    ask(offsets, result -> new Committed(commit, result));
    return this;
  }

  private Behavior<Command> onCommitted(Committed committed) {
    Commit commit = committed.commit();
    commit
        .offsets()
        .forEach(
            (lease, offset) -> {
              if (committed.result().get(lease.partition()) == Errors.NONE) {
                lease.committed(offset);
              }
            });
    commit.done().complete(outcome(commit.offsets(), committed.result()));
    return this;
  }

  private static Map<PartitionLease, Errors> outcome(
      Map<PartitionLease, OffsetAndMetadata> offsets, Map<TopicPartition, Errors> result) {
    Map<PartitionLease, Errors> outcome = new HashMap<>();
    offsets.forEach(
        (lease, offset) ->
            outcome.put(
                lease,
                lease.isCommitted(offset.offset())
                    ? Errors.NONE
                    : result.getOrDefault(lease.partition(), LOST)));
    return outcome;
  }

  private void ask(
      Map<TopicPartition, OffsetAndMetadata> offsets,
      Function<Map<TopicPartition, Errors>, Command> then) {
    getContext()
        .ask(
            CommitResult.class,
            member,
            COMMIT_TIMEOUT,
            replyTo -> new MemberCommand.Commit(offsets, replyTo),
            (result, late) -> then.apply(result == null ? Map.of() : result.partitions()));
  }

  private Behavior<Command> onStop() {
    if (!stopping) {
      stopping = true;
      completeQueue();
      drain(Set.copyOf(leases.values()), patience);
    }
    return this;
  }

  private void completeQueue() {
    try {
      queue.complete();
    } catch (IllegalStateException e) {
      LOG.debug("{} has already ended", this, e);
    }
  }

  private void failQueue(Throwable cause) {
    try {
      queue.fail(cause);
    } catch (IllegalStateException e) {
      LOG.debug("{} has already ended", this, e);
    }
  }

  private Behavior<Command> onSourceEnded(SourceEnded ended) {
    failure = failure.or(ended::failure);
    leaving = true;
    onStop();
    if (ended.failure().isPresent()) {
      settleAll();
    }
    leaveIfNothingIsLeft();
    return this;
  }

  private Behavior<Command> onStreamEnded() {
    leaving = true;
    onStop();
    settleAll();
    leaveIfNothingIsLeft();
    return this;
  }

  /** Waits for nothing that has not been processed yet. */
  private void settleAll() {
    List.copyOf(leases.values()).forEach(this::settle);
  }

  private void leaveIfNothingIsLeft() {
    if (leaving && leases.isEmpty()) {
      member.tell(new MemberCommand.Leave());
    }
  }

  private Behavior<Command> onFailed(Throwable cause) {
    failure = Optional.of(cause);
    List.copyOf(leases.values()).forEach(this::forget);
    failQueue(cause);
    return end();
  }

  private Behavior<Command> end() {
    session.end(failure);
    return Behaviors.stopped();
  }

  /** Without a farewell, where this actor failed or its system ends. */
  private Behavior<Command> onPostStop() {
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
