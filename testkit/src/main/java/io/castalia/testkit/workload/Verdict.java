package io.castalia.testkit.workload;

import io.castalia.testkit.group.GroupViolation;
import io.castalia.testkit.history.HistoryEvent;
import io.castalia.testkit.history.HistoryEvent.Acknowledged;
import io.castalia.testkit.history.Violation;
import io.castalia.testkit.history.Violation.Kind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a cluster kept its promises.
 *
 * @param acknowledged records of which producers were told that they are in the log
 * @param violations of what was promised to producers and readers
 * @param groupViolations of what was promised to groups
 * @param refusals records that a producer gave up, with the reason; whether they are in the log is
 *     not known
 */
public record Verdict(
    long acknowledged,
    List<Violation> violations,
    List<GroupViolation> groupViolations,
    List<String> refusals) {
  private static final int SHOWN = 20;

  public Verdict {
    violations = List.copyOf(violations);
    groupViolations = List.copyOf(groupViolations);
    refusals = List.copyOf(refusals);
  }

  static Verdict of(
      List<HistoryEvent> events,
      List<Violation> violations,
      List<GroupViolation> groupViolations,
      List<String> refusals) {
    return new Verdict(
        events.stream().filter(Acknowledged.class::isInstance).count(),
        violations,
        groupViolations,
        refusals);
  }

  /** Whether no promise was broken. Refusals break none. */
  public boolean isClean() {
    return violations.isEmpty() && groupViolations.isEmpty();
  }

  /** How often a rule was broken. */
  public long count(Kind kind) {
    return violations.stream().filter(each -> each.kind() == kind).count();
  }

  /** The figures, and the first broken rules, a line each. */
  @Override
  public String toString() {
    long others =
        violations.size()
            + groupViolations.size()
            - count(Kind.LOST)
            - count(Kind.DUPLICATED)
            - count(Kind.REORDERED);
    String figures =
        "acknowledged %d, refused %d, lost %d, duplicated %d, reordered %d, other violations %d"
            .formatted(
                acknowledged,
                refusals.size(),
                count(Kind.LOST),
                count(Kind.DUPLICATED),
                count(Kind.REORDERED),
                others);
    return Stream.of(violations, groupViolations, refusals)
        .flatMap(list -> list.stream().limit(SHOWN))
        .map(Object::toString)
        .collect(Collectors.joining("\n  ", figures + "\n  ", ""))
        .strip();
  }
}
