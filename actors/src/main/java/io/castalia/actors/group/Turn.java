package io.castalia.actors.group;

import io.castalia.actors.group.GroupEvent.OffsetsCommitted;
import io.castalia.actors.group.Transition.Cause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** One decision in the making: the state so far, and what it takes to get there. */
final class Turn {
  private final GroupWorld world;
  private final List<GroupEvent> events = new ArrayList<>();
  private final List<GroupDecision.Answer> answers = new ArrayList<>();
  private final List<Transition> transitions = new ArrayList<>();
  private GroupState state;

  Turn(GroupState state, GroupWorld world) {
    this.state = state;
    this.world = world;
  }

  GroupState state() {
    return state;
  }

  /** The group, which uses the classic protocol. */
  ClassicState classic() {
    if (state instanceof ClassicState classic) {
      return classic;
    }
    throw new IllegalStateException("expected a group of the classic protocol");
  }

  /** The group, which uses the consumer protocol. */
  ConsumerState consumer() {
    if (state instanceof ConsumerState consumer) {
      return consumer;
    }
    throw new IllegalStateException("expected a group of the consumer protocol");
  }

  ConsumerMembership consumers() {
    return consumer().consumers();
  }

  Roster roster() {
    return classic().roster();
  }

  GroupPhase phase() {
    return state.phase();
  }

  long now() {
    return world.now();
  }

  GroupRules rules() {
    return world.rules();
  }

  GroupWorld world() {
    return world;
  }

  void roster(Roster roster) {
    state = classic().with(roster);
  }

  /** The same phase with something changed. */
  void stay(GroupState next) {
    if (next.phase() != state.phase()) {
      throw new IllegalStateException(
          "expected to stay \"%s\", but it was to be \"%s\"".formatted(phase(), next.phase()));
    }
    state = next;
  }

  /** Another phase. */
  void move(Cause cause, GroupState next) {
    Transition row = Transition.of(phase(), cause);
    if (row.to() != next.phase()) {
      throw new IllegalStateException(
          "expected %s to lead to \"%s\", but it was \"%s\""
              .formatted(row, row.to(), next.phase()));
    }
    transitions.add(row);
    state = next;
  }

  /** Another phase of what the event makes of the group, which may be of another protocol. */
  void become(Cause cause, GroupEvent event, Function<GroupRecord, GroupState> next) {
    events.add(event);
    move(cause, next.apply(state.record().after(event)));
  }

  /** The phase that a consumer group has reached by what has been persisted, if it is another. */
  void settle(Cause cause) {
    GroupPhase reached = GroupPhase.of(consumers());
    if (reached != phase()) {
      move(cause, consumer().in(reached));
    }
  }

  /** To be persisted before anything is answered. */
  void persist(GroupEvent event) {
    state = state.with(state.record().after(event));
    int last = events.size() - 1;
    if (event instanceof OffsetsCommitted next
        && last >= 0
        && events.get(last) instanceof OffsetsCommitted before) {
      Map<TopicPartition, StoredOffset> both = new HashMap<>(before.offsets());
      both.putAll(next.offsets());
      events.set(last, new OffsetsCommitted(both));
    } else {
      events.add(event);
    }
  }

  void answer(long ticket, GroupReply reply) {
    answers.add(new GroupDecision.Answer(ticket, reply));
  }

  void answer(OptionalLong ticket, GroupReply reply) {
    ticket.ifPresent(waiting -> answer(waiting, reply));
  }

  GroupDecision end() {
    return new GroupDecision(state, events, answers, transitions);
  }
}
