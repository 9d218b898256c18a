package io.castalia.bench.disk;

import io.castalia.testkit.history.HistoryEvent;
import io.castalia.testkit.history.HistoryEvent.Acknowledged;
import io.castalia.testkit.history.LogContent;
import io.castalia.testkit.history.Violation;
import java.util.List;

/**
 * What a full-disk proof found.
 *
 * @param acknowledged records
 * @param stored in the logs at the end
 * @param violations of the history's rules
 * @param complaints what was not as promised meanwhile
 */
record FullDiskReport(
    long acknowledged, long stored, List<Violation> violations, List<String> complaints) {

  private static final int SHOWN = 20;

  FullDiskReport {
    violations = List.copyOf(violations);
    complaints = List.copyOf(complaints);
  }

  static FullDiskReport of(
      List<HistoryEvent> history,
      List<LogContent> contents,
      List<Violation> violations,
      List<String> complaints) {
    return new FullDiskReport(
        history.stream().filter(Acknowledged.class::isInstance).count(),
        contents.stream().mapToLong(content -> content.records().size()).sum(),
        violations,
        complaints);
  }

  /** Whether every promise was kept. */
  boolean holds() {
    return violations.isEmpty() && complaints.isEmpty();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("%d records acknowledged, %d stored%n".formatted(acknowledged, stored));
    violations.stream().limit(SHOWN).forEach(violation -> text.append(violation).append('\n'));
    complaints.stream().limit(SHOWN).forEach(complaint -> text.append(complaint).append('\n'));
    return text.append(
            holds()
                ? "Every acknowledged record is there once, in order; the node never went away."
                : violations.size() + " broken rules, " + complaints.size() + " complaints.")
        .toString();
  }
}
