package io.castalia.api.group;

import io.castalia.api.BrokerReply.HeartbeatAnswered;
import io.castalia.api.group.MemberEffect.FindOffsets;
import io.castalia.api.group.MemberEffect.Speak;
import io.castalia.api.group.MemberEffect.SpeakAfter;
import io.castalia.api.group.MemberEffect.Stop;
import io.castalia.api.group.MemberEffect.Tell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;

/**
 * A member's side of the consumer protocol. It says what it has until the coordinator has heard it,
 * goes to what the coordinator assigns, and lets go of nothing before its service has.
 */
final class MemberLogic {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final int LONGEST_DOUBLINGS = 5;

  /** Who cannot say farewell goes without: its session ends by itself. */
  private static final int FAREWELLS = 5;

  /** Some of the rebalance timeout has passed when the member hears of a rebalance. */
  private static final int SHARE_TO_LET_GO_PERCENT = 90;

  private static final Set<Errors> FENCED =
      Set.of(Errors.UNKNOWN_MEMBER_ID, Errors.FENCED_MEMBER_EPOCH);

  private final MemberSettings settings;

  MemberLogic(MemberSettings settings) {
    this.settings = settings;
  }

  /** The next state, and what is to be done, in this order. */
  record Step(MemberState state, List<MemberEffect> effects) {
    Step {
      effects = List.copyOf(effects);
    }

    static Step of(MemberState state, MemberEffect... effects) {
      return new Step(state, List.of(effects));
    }

    Step and(MemberEffect effect) {
      List<MemberEffect> more = new ArrayList<>(effects);
      more.add(effect);
      return new Step(state, more);
    }
  }

  /** It is time to speak. */
  Step due(MemberState state) {
    if (state.speaking().isPresent()) {
      return Step.of(state);
    }
    Speak heartbeat = state.leaving() ? farewell() : heartbeat(state);
    return Step.of(state.speaking(heartbeat), heartbeat);
  }

  private static Speak heartbeat(MemberState state) {
    boolean full = state.reported().isEmpty();
    return new Speak(
        state.epoch(),
        full,
        state.hasNews() ? Optional.of(state.holdings().owned()) : Optional.empty());
  }

  private Speak farewell() {
    int epoch =
        settings.instanceId().isPresent()
            ? MemberHeartbeat.LEAVE_FOR_A_WHILE
            : MemberHeartbeat.LEAVE;
    return new Speak(epoch, false, Optional.empty());
  }

  /** The coordinator has heard the heartbeat. */
  Step answered(MemberState state, HeartbeatAnswered answer) {
    if (state.leaving()) {
      return departed(state);
    }
    Optional<Set<TopicIdPartition>> said =
        state.speaking().flatMap(Speak::owned).or(state::reported);
    MemberState heard =
        state.silent().at(answer.epoch()).reporting(answer.complete() ? said : Optional.empty());
    Step next = reconcile(heard, answer.assigned().orElse(heard.holdings().assigned()));
    boolean soon = answer.complete() && next.state().hasNews();
    Duration pause = answer.complete() ? answer.interval() : pause(LONGEST_DOUBLINGS);
    return next.and(new SpeakAfter(soon ? Duration.ZERO : pause));
  }

  /**
   * Goes to what may be had: asks back what may not, and finds out where to begin with the rest.
   */
  private Step reconcile(MemberState state, Set<TopicIdPartition> allowed) {
    Holdings now = state.holdings().reconciled(allowed);
    Set<TopicIdPartition> unwanted = new HashSet<>(now.revoking());
    unwanted.removeAll(state.holdings().revoking());
    Step next =
        unwanted.isEmpty()
            ? Step.of(state.having(now))
            : Step.of(
                state.having(now),
                new Tell(new MemberEvent.Revoking(Holdings.names(unwanted), timeToLetGo())));
    return findOffsets(next);
  }

  private static Step findOffsets(Step step) {
    MemberState state = step.state();
    Set<TopicIdPartition> starting = state.holdings().starting();
    if (state.asking().isPresent() || starting.isEmpty()) {
      return step;
    }
    FindOffsets query = new FindOffsets(state.epoch(), Holdings.names(starting));
    return new Step(state.asking(query), step.effects()).and(query);
  }

  private Duration timeToLetGo() {
    return settings
        .subscription()
        .rebalanceTimeout()
        .multipliedBy(SHARE_TO_LET_GO_PERCENT)
        .dividedBy(100);
  }

  /** The heartbeat was refused, or nobody answered it. */
  Step refused(MemberState state, Errors error, String message) {
    boolean again = !state.leaving() || state.failures() < FAREWELLS;
    if (again && mayPass(error)) {
      return Step.of(state.silent().unheard(), new SpeakAfter(pause(state.failures())));
    }
    if (state.leaving()) {
      return departed(state);
    }
    Step lost = lost(state.silent(), error);
    return FENCED.contains(error)
        ? lost.and(new SpeakAfter(FIRST_PAUSE))
        : lost.and(new Tell(new MemberEvent.Failed(error, message))).and(new Stop());
  }

  /** Whether it may help to say the same again, perhaps to another node. */
  static boolean mayPass(Errors error) {
    return error == Errors.BROKER_NOT_AVAILABLE || error.exception() instanceof RetriableException;
  }

  private static Step lost(MemberState state, Errors error) {
    Set<TopicPartition> held = state.holdings().held();
    return held.isEmpty()
        ? Step.of(state.again())
        : Step.of(state.again(), new Tell(new MemberEvent.Lost(held, error)));
  }

  /**
   * What is committed has been found. If the member's epoch is another now, others may have had the
   * partitions meanwhile, and it asks again.
   */
  Step found(
      MemberState state, FindOffsets query, Map<TopicPartition, OffsetAndMetadata> committed) {
    if (!isAsking(state, query)) {
      return Step.of(state);
    }
    MemberState idle = state.answered();
    Set<TopicPartition> starting = Holdings.names(state.holdings().starting());
    if (starting.isEmpty() || state.leaving()) {
      return Step.of(idle);
    }
    if (query.epoch() != state.epoch() || !query.partitions().containsAll(starting)) {
      return findOffsets(Step.of(idle));
    }
    Map<TopicPartition, Optional<OffsetAndMetadata>> begins = new HashMap<>();
    starting.forEach(each -> begins.put(each, Optional.ofNullable(committed.get(each))));
    return Step.of(
        idle.having(state.holdings().started()), new Tell(new MemberEvent.Assigned(begins)));
  }

  /** What is committed was not found. The answer to the next heartbeat makes it ask again. */
  Step unfound(MemberState state, FindOffsets query) {
    if (!isAsking(state, query)) {
      return Step.of(state);
    }
    MemberState idle = state.answered();
    return state.speaking().isPresent() || state.leaving()
        ? Step.of(idle)
        : Step.of(idle, new SpeakAfter(pause(LONGEST_DOUBLINGS)));
  }

  private static boolean isAsking(MemberState state, FindOffsets query) {
    return state.asking().filter(query::equals).isPresent();
  }

  /** The service has let go of partitions. */
  Step released(MemberState state, Set<TopicPartition> partitions) {
    if (partitions.stream().noneMatch(state.holdings()::isRevoking)) {
      return Step.of(state);
    }
    Step next = findOffsets(Step.of(state.having(state.holdings().released(partitions))));
    return state.leaving() ? next : next.and(new SpeakAfter(Duration.ZERO));
  }

  /** The service wants out. */
  Step departing(MemberState state) {
    return due(state.departing());
  }

  /** The farewell has been heard, or what was said before it: then it is the farewell's turn. */
  private Step departed(MemberState state) {
    return state.speaking().filter(Speak::isFarewell).isPresent()
        ? Step.of(state.silent(), new Tell(new MemberEvent.Left()), new Stop())
        : due(state.silent());
  }

  private static Duration pause(int failures) {
    return FIRST_PAUSE.multipliedBy(1L << Math.min(failures, LONGEST_DOUBLINGS));
  }
}
