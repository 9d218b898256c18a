package io.castalia.actors.group;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a coordinator has decided.
 *
 * @param state the group afterwards
 * @param events to be persisted first
 * @param answers to be given then
 * @param transitions the changes of phase
 */
record GroupDecision(
    GroupState state, List<GroupEvent> events, List<Answer> answers, List<Transition> transitions) {
  GroupDecision {
    events = List.copyOf(events);
    answers = List.copyOf(answers);
    transitions = List.copyOf(transitions);
  }

  /** The answer to the request with this ticket. */
  record Answer(long ticket, GroupReply reply) {}

  /** When the group must be woken even if nobody asks, in milliseconds since the epoch. */
  OptionalLong wakeAt() {
    return state.deadline();
  }
}
