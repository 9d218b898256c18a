package io.castalia.bench.crash;

import io.castalia.testkit.history.HistoryEvent;
import io.castalia.testkit.history.HistoryEvent.Acknowledged;
import io.castalia.testkit.history.HistoryEvent.Observed;
import io.castalia.testkit.history.HistoryEvent.Sent;
import io.castalia.testkit.history.LogContent;
import io.castalia.testkit.history.Violation;
import java.time.Duration;
import java.util.List;

/**
 * What a crash proof found.
 *
 * @param sent records handed to producers
 * @param acknowledged of them
 * @param observed by the watcher meanwhile
 * @param stored in the logs at the end
 * @param outages from each kill to the next acknowledgements
 * @param violations of the history's rules
 * @param refusals records that a producer gave up, and readers that failed, with the reason
 */
public record CrashReport(
    long sent,
    long acknowledged,
    long observed,
    long stored,
    List<Duration> outages,
    List<Violation> violations,
    List<String> refusals) {

  private static final int SHOWN = 20;

  public CrashReport {
    outages = List.copyOf(outages);
    violations = List.copyOf(violations);
    refusals = List.copyOf(refusals);
  }

  static CrashReport of(
      List<HistoryEvent> history,
      List<LogContent> contents,
      List<Duration> outages,
      List<Violation> violations,
      List<String> refusals) {
    return new CrashReport(
        count(history, Sent.class),
        count(history, Acknowledged.class),
        count(history, Observed.class),
        contents.stream().mapToLong(content -> content.records().size()).sum(),
        outages,
        violations,
        refusals);
  }

  private static long count(List<HistoryEvent> history, Class<? extends HistoryEvent> type) {
    return history.stream().filter(type::isInstance).count();
  }

  /** Whether every promise was kept. */
  public boolean holds() {
    return violations.isEmpty() && refusals.isEmpty();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%d records sent, %d acknowledged, %d seen meanwhile, %d stored%n",
            sent, acknowledged, observed, stored));
    outages.stream()
        .sorted()
        .skip(outages.size() / 2)
        .findFirst()
        .ifPresent(
            median -> text.append("median outage ").append(median.toMillis()).append(" ms\n"));
    violations.stream().limit(SHOWN).forEach(violation -> text.append(violation).append('\n'));
    refusals.stream().limit(SHOWN).forEach(refusal -> text.append(refusal).append('\n'));
    text.append(
        holds()
            ? "Every acknowledged record is there once, in order; offsets are dense; nothing seen went away."
            : violations.size() + " broken rules, " + refusals.size() + " records given up.");
    return text.toString();
  }
}
