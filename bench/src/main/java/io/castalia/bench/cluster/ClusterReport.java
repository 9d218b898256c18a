package io.castalia.bench.cluster;

import io.castalia.testkit.history.HistoryEvent;
import io.castalia.testkit.history.HistoryEvent.Acknowledged;
import io.castalia.testkit.history.HistoryEvent.Sent;
import io.castalia.testkit.history.LogContent;
import io.castalia.testkit.history.Violation;
import io.castalia.testkit.history.Violation.Kind;
import java.time.Duration;
import java.util.List;

/**
 * What a cluster proof found.
 *
 * @param sent records handed to producers
 * @param acknowledged of them
 * @param stored in the logs at the end
 * @param violations of the history's rules
 * @param complaints of clients: records given up, readers and members that failed, rules of groups
 * @param times how long things took
 */
record ClusterReport(
    long sent,
    long acknowledged,
    long stored,
    List<Violation> violations,
    List<String> complaints,
    Times times) {

  private static final int SHOWN = 20;
  private static final Duration SHARE_AIM = Duration.ofSeconds(20);

  /**
   * How long things took.
   *
   * @param shares from the start of one more node to its share of the partitions, in milliseconds
   */
  record Times(Outages outages, List<Long> shares) {
    Times {
      shares = List.copyOf(shares);
    }

    boolean meetAims() {
      return outages.meetAims() && shares.stream().allMatch(share -> share <= SHARE_AIM.toMillis());
    }
  }

  ClusterReport {
    violations = List.copyOf(violations);
    complaints = List.copyOf(complaints);
  }

  static ClusterReport of(
      List<HistoryEvent> history,
      List<LogContent> contents,
      List<Violation> violations,
      List<String> complaints,
      Times times) {
    return new ClusterReport(
        history.stream().filter(Sent.class::isInstance).count(),
        history.stream().filter(Acknowledged.class::isInstance).count(),
        contents.stream().mapToLong(content -> content.records().size()).sum(),
        violations,
        complaints,
        times);
  }

  /** Whether every promise was kept, however long things took. */
  boolean holds() {
    return violations.isEmpty() && complaints.isEmpty();
  }

  private long count(Kind kind) {
    return violations.stream().filter(violation -> violation.kind() == kind).count();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(times.outages().toString());
    times
        .shares()
        .forEach(
            share ->
                text.append(
                    String.format(
                        "One more node had its share %d ms after its start; aim %d ms%n",
                        share, SHARE_AIM.toMillis())));
    text.append(
        String.format(
            "%d records sent, acknowledged %d, stored %d, lost %d, duplicated %d, reordered %d%n",
            sent,
            acknowledged,
            stored,
            count(Kind.LOST),
            count(Kind.DUPLICATED),
            count(Kind.REORDERED)));
    violations.stream().limit(SHOWN).forEach(violation -> text.append(violation).append('\n'));
    complaints.stream().limit(SHOWN).forEach(complaint -> text.append(complaint).append('\n'));
    text.append(
        holds()
            ? "Every promise was kept, and no client saw an error."
            : violations.size() + " broken rules, " + complaints.size() + " complaints.");
    text.append(times.meetAims() ? " Every aim was met." : " Not every aim was met.");
    return text.toString();
  }
}
