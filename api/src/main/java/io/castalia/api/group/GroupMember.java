package io.castalia.api.group;

import io.castalia.api.BrokerReply.HeartbeatAnswered;
import io.castalia.api.group.MemberEffect.FindOffsets;
import io.castalia.api.group.MemberEffect.Speak;
import io.castalia.api.group.MemberLogic.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * A Java service's membership of a consumer group: the same groups, coordinators and offsets as
 * Kafka's consumers have. The member runs beside its service and lives as long: it joins when it is
 * started, says that the service is alive, tells it with {@link MemberEvent}s what it may read, and
 * leaves when it is told to or when the service's actor is gone. Whatever node it speaks to may go
 * away: it finds another.
 */
public final class GroupMember extends AbstractBehavior<MemberCommand>
    implements MemberEffect.Performer {

  /** What the member hears. */
  private sealed interface Heard extends MemberCommand.Internal {
    record Due() implements Heard {}

    record Answered(HeartbeatAnswered answer) implements Heard {}

    record Refused(Errors error, String message) implements Heard {}

    record Found(FindOffsets query, Map<TopicPartition, OffsetAndMetadata> offsets)
        implements Heard {}

    record Unfound(FindOffsets query) implements Heard {}

    record Committed(Map<TopicPartition, Errors> outcome) implements Heard {}

    record CommitDue() implements Heard {}
  }

  private final TimerScheduler<MemberCommand> timers;
  private final ActorRef<MemberEvent> service;
  private final GroupCalls calls;
  private final MemberLogic logic;
  private final CommitQueue<ActorRef<CommitResult>> commits = new CommitQueue<>();
  private final Set<TopicPartition> releasing = new HashSet<>();
  private MemberState state = MemberState.NEW;
  private boolean leaving;
  private boolean stopped;

  private GroupMember(
      ActorContext<MemberCommand> context,
      TimerScheduler<MemberCommand> timers,
      MemberSettings settings,
      ActorRef<MemberEvent> service) {
    super(context);
    this.timers = timers;
    this.service = service;
    this.calls = new GroupCalls(settings, context.getSystem());
    this.logic = new MemberLogic(settings);
    context.watchWith(service, new MemberCommand.Leave());
    speakAfter(Duration.ZERO);
  }

  /**
   * A member that joins at once.
   *
   * @param service is told what it may read; when it stops, the member leaves
   */
  public static Behavior<MemberCommand> create(
      MemberSettings settings, ActorRef<MemberEvent> service) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new GroupMember(context, timers, settings, service)));
  }

  @Override
  public Receive<MemberCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(Heard.Due.class, due -> follow(logic.due(state)))
        .onMessage(Heard.Answered.class, heard -> follow(logic.answered(state, heard.answer())))
        .onMessage(
            Heard.Refused.class,
            heard -> follow(logic.refused(state, heard.error(), heard.message())))
        .onMessage(
            Heard.Found.class, heard -> follow(logic.found(state, heard.query(), heard.offsets())))
        .onMessage(Heard.Unfound.class, heard -> follow(logic.unfound(state, heard.query())))
        .onMessage(MemberCommand.Revoked.class, this::onRevoked)
        .onMessage(MemberCommand.Commit.class, this::onCommit)
        .onMessage(Heard.Committed.class, this::onCommitted)
        .onMessage(Heard.CommitDue.class, due -> sendCommit())
        .onMessage(MemberCommand.Leave.class, leave -> onLeave())
        .build();
  }

  private Behavior<MemberCommand> follow(Step step) {
    state = step.state();
    step.effects().forEach(effect -> effect.by(this));
    return stopped ? Behaviors.stopped() : this;
  }

  private Behavior<MemberCommand> onRevoked(MemberCommand.Revoked revoked) {
    releasing.addAll(revoked.partitions());
    return release();
  }

  /** Lets go of what no commit is under way for. */
  private Behavior<MemberCommand> release() {
    Set<TopicPartition> settled = new HashSet<>(releasing);
    settled.removeIf(commits::concerns);
    releasing.removeAll(settled);
    return settled.isEmpty() ? this : follow(logic.released(state, settled));
  }

  private Behavior<MemberCommand> onCommit(MemberCommand.Commit commit) {
    commits.add(commit.offsets(), commit.replyTo());
    return nextCommit();
  }

  private Behavior<MemberCommand> nextCommit() {
    if (commits.begin()) {
      return sendCommit();
    }
    return leaving && commits.isIdle() ? follow(logic.departing(state)) : this;
  }

  private Behavior<MemberCommand> sendCommit() {
    Map<TopicPartition, OffsetAndMetadata> offsets = commits.current(state.holdings().held());
    if (offsets.isEmpty()) {
      return endCommit(Map.of());
    }
    getContext()
        .pipeToSelf(
            calls.commit(state.epoch(), offsets),
            (outcome, failure) ->
                new Heard.Committed(
                    outcome == null ? all(offsets.keySet(), errorOf(failure)) : outcome));
    return this;
  }

  private static Map<TopicPartition, Errors> all(Set<TopicPartition> partitions, Errors error) {
    return partitions.stream().collect(Collectors.toMap(each -> each, each -> error));
  }

  private Behavior<MemberCommand> onCommitted(Heard.Committed committed) {
    if (committed.outcome().values().stream().anyMatch(error -> error != Errors.NONE)) {
      speakAfter(Duration.ZERO); // the coordinator may have something to say
    }
    Optional<Duration> pause = commits.again(committed.outcome());
    if (pause.isPresent()) {
      timers.startSingleTimer(new Heard.CommitDue(), pause.get());
      return this;
    }
    Map<TopicPartition, Errors> outcome = new HashMap<>(committed.outcome());
    outcome.replaceAll(
        (partition, error) ->
            error == Errors.UNKNOWN_MEMBER_ID ? Errors.FENCED_MEMBER_EPOCH : error);
    return endCommit(outcome);
  }

  private Behavior<MemberCommand> endCommit(Map<TopicPartition, Errors> outcome) {
    commits.end(outcome).forEach(answer -> answer.who().tell(answer.result()));
    release();
    return nextCommit();
  }

  private Behavior<MemberCommand> onLeave() {
    leaving = true;
    return nextCommit();
  }

  @Override
  public void speak(Speak heartbeat) {
    getContext()
        .pipeToSelf(
            calls.heartbeat(heartbeat),
            (answer, failure) -> answer == null ? refused(failure) : new Heard.Answered(answer));
  }

  private static Heard refused(@Nullable Throwable failure) {
    return new Heard.Refused(
        errorOf(failure),
        failure == null ? "" : String.valueOf(Errors.maybeUnwrapException(failure).getMessage()));
  }

  private static Errors errorOf(@Nullable Throwable failure) {
    return failure == null ? Errors.UNKNOWN_SERVER_ERROR : Errors.forException(failure);
  }

  @Override
  public void findOffsets(FindOffsets query) {
    getContext()
        .pipeToSelf(
            calls.offsets(query),
            (offsets, failure) ->
                offsets == null ? new Heard.Unfound(query) : new Heard.Found(query, offsets));
  }

  @Override
  public void tell(MemberEvent event) {
    service.tell(event);
  }

  @Override
  public void speakAfter(Duration pause) {
    timers.startSingleTimer(new Heard.Due(), pause);
  }

  @Override
  public void stop() {
    stopped = true;
    commits.abandon().forEach(answer -> answer.who().tell(answer.result()));
  }
}
