package io.castalia.actors.topic;

import io.castalia.actors.topic.RegistryCommand.Submit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Requests decided together, so that their changes are one event and one write.
 *
 * @param changes in the order of the requests
 * @param decided every request with its decision
 */
record RegistryBatch(List<RegistryChange> changes, List<Decided> decided) {
  RegistryBatch {
    changes = List.copyOf(changes);
    decided = List.copyOf(decided);
  }

  record Decided(Submit submit, Decision decision) {}

  /** Decides about waiting requests, in order, until the event is as large as it may be. */
  static RegistryBatch take(RegistryState state, RegistryLogic logic, Queue<Submit> waiting) {
    RegistryDraft draft = new RegistryDraft(state);
    List<RegistryChange> changes = new ArrayList<>();
    List<Decided> decided = new ArrayList<>();
    int weight = 0;
    while (!waiting.isEmpty() && weight < RegistryLimits.BATCH_WEIGHT) {
      Submit submit = waiting.remove();
      Decision decision = logic.decide(draft, submit.request());
      if (submit.validateOnly()) {
        decision = decision.validated();
      }
      decision.changes().forEach(draft::apply);
      changes.addAll(decision.changes());
      weight += decision.changes().stream().mapToInt(RegistryChange::weight).sum();
      decided.add(new Decided(submit, decision));
    }
    return new RegistryBatch(changes, decided);
  }
}
