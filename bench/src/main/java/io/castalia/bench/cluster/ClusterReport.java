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
 * @param name whose cluster it was
 * @param sent records handed to producers
 * @param acknowledged of them
 * @param stored in the logs at the end
 * @param violations of the history's rules
 * @param complaints of clients: records given up, readers and members that failed, rules of groups
 * @param times how long things took
 */
record ClusterReport(
    String name,
    long sent,
    long acknowledged,
    long stored,
    List<Violation> violations,
    List<String> complaints,
    Times times) {

  private static final int SHOWN = 20;
  private static final Duration SHARE_AIM = Duration.ofSeconds(20);

  /**
   * What one more node cost.
   *
   * @param millis from its start to its share of the partitions
   * @param bytes of records that went to its disk until then
   */
  record Share(long millis, long bytes) {}

  /**
   * How long things took.
   *
   * @param shares of one more node
   */
  record Times(Outages outages, List<Share> shares) {
    Times {
      shares = List.copyOf(shares);
    }

    boolean meetAims() {
      return outages.meetAims()
          && shares.stream().allMatch(share -> share.millis() <= SHARE_AIM.toMillis());
    }
  }

  ClusterReport {
    violations = List.copyOf(violations);
    complaints = List.copyOf(complaints);
  }

  static ClusterReport of(
      String name,
      List<HistoryEvent> history,
      List<LogContent> contents,
      List<Violation> violations,
      List<String> complaints,
      Times times) {
    return new ClusterReport(
        name,
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
    StringBuilder text = new StringBuilder(name + ":\n" + times.outages());
    times
        .shares()
        .forEach(
            share ->
                text.append(
                    String.format(
                        "One more node had its share %d ms after its start; aim %d ms;"
                            + " %d bytes of records went there%n",
                        share.millis(), SHARE_AIM.toMillis(), share.bytes())));
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
