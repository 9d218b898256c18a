package io.castalia.testkit.history;

import io.castalia.testkit.history.HistoryEvent.Observed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that a log kept its promises: every acknowledged record is there once, unchanged, at the
 * offset that was promised and in order; offsets are dense; and what a reader saw never went away
 * or became something else.
 *
 * <p>Records that were sent and not acknowledged may be in the log or not, but not twice.
 */
public final class HistoryChecker {

  private final List<Violation> violations = new ArrayList<>();

  private HistoryChecker() {}

  /**
   * Checks a whole history.
   *
   * @param history in the order in which it became known, see {@link History}
   * @param contents every partition that the history names
   * @return the broken rules, none if all is well
   */
  public static List<Violation> check(List<HistoryEvent> history, Collection<LogContent> contents) {
    HistoryChecker checker = new HistoryChecker();
    Map<String, List<HistoryEvent>> byPartition = new HashMap<>();
    contents.forEach(content -> byPartition.put(content.partition(), new ArrayList<>()));
    for (HistoryEvent event : history) {
      List<HistoryEvent> events = byPartition.get(event.partition());
      if (events == null) {
        checker.violations.add(
            new Violation(
                Violation.Kind.VANISHED, "no content of partition \"" + event.partition() + "\""));
        return checker.violations;
      }
      events.add(event);
    }
    for (LogContent content : contents) {
      checker.checkPartition(content, byPartition.getOrDefault(content.partition(), List.of()));
    }
    return List.copyOf(checker.violations);
  }

  private void checkPartition(LogContent content, List<HistoryEvent> events) {
    ContentRules stored = new ContentRules(content, violations);
    stored.check();
    new ProducerRules(stored).check(events);
    ReaderRules readers = new ReaderRules(stored);
    events.stream()
        .filter(Observed.class::isInstance)
        .map(Observed.class::cast)
        .forEach(readers::check);
  }
}
