package io.castalia.bench.churn;

import io.castalia.bench.compare.Spread;
import io.castalia.testkit.group.GroupEvent.Assigned;
import io.castalia.testkit.group.GroupEvent.CommitEnded;
import io.castalia.testkit.group.GroupEvent.Processed;
import io.castalia.testkit.history.LogContent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a group made of its changes.
 *
 * @param protocol how it shares its partitions
 * @param changes what was done to it
 * @param counts of records and commits
 * @param times how long things took
 * @param broken rules that do not hold, and what failed
 */
record ChurnReport(
    Protocol protocol, List<Change> changes, Counts counts, Times times, List<String> broken) {

  private static final int SHOWN = 20;

  static final String HEADER =
      """
      | protocol | changes | generations | records | processed again | commits | refused \
      | converged, ms | converged after silent end, ms | without kept partitions, ms \
      | longest wait for a record, ms | the same in calm, ms | broken rules |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  /**
   * How many.
   *
   * @param records in the log
   * @param processed by members, repeated ones included
   * @param commits that were accepted
   * @param refused commits that were not
   * @param generation the last
   */
  record Counts(long records, long processed, long commits, long refused, int generation) {}

  /**
   * How long.
   *
   * @param loud from a change that the coordinator was told of to convergence
   * @param silent from a change that it had to find out to convergence
   * @param without how long a member could not poll a partition that it kept over a rebalance
   * @param waits the longest without a record of what a member kept over a rebalance
   * @param calmWaits the same when nothing happened
   */
  record Times(
      List<Duration> loud,
      List<Duration> silent,
      List<Duration> without,
      List<Duration> waits,
      List<Duration> calmWaits) {}

  ChurnReport {
    changes = List.copyOf(changes);
    broken = List.copyOf(broken);
  }

  static ChurnReport of(
      Protocol protocol, Timeline timeline, List<LogContent> contents, List<String> broken) {
    return new ChurnReport(
        protocol, timeline.changes(), counts(timeline, contents), times(timeline), broken);
  }

  private static Counts counts(Timeline timeline, List<LogContent> contents) {
    return new Counts(
        contents.stream().mapToLong(content -> content.endOffset() - content.startOffset()).sum(),
        of(timeline, Processed.class).mapToLong(each -> each.last() - each.first() + 1).sum(),
        of(timeline, CommitEnded.class).filter(CommitEnded::accepted).count(),
        of(timeline, CommitEnded.class).filter(each -> !each.accepted()).count(),
        of(timeline, Assigned.class).mapToInt(Assigned::generation).max().orElse(0));
  }

  private static <T> Stream<T> of(Timeline timeline, Class<T> type) {
    return timeline.events().stream()
        .map(TimedEvent::event)
        .filter(type::isInstance)
        .map(type::cast);
  }

  /** The first members have a node to wake up, and are left out. */
  private static Times times(Timeline timeline) {
    List<Span> spans = Spans.of(timeline).stream().skip(1).toList();
    Pauses pauses = new Pauses(timeline);
    return new Times(
        convergence(spans, change -> !change.kind().isSilent()),
        convergence(spans, change -> change.kind().isSilent()),
        all(spans, span -> !span.isCalm(), Span::without),
        all(spans, span -> !span.isCalm(), pauses::in),
        all(spans, Span::isCalm, pauses::in));
  }

  private static List<Duration> convergence(List<Span> spans, Predicate<Change> which) {
    return all(
        spans,
        span -> true,
        span ->
            span.changes().stream().filter(which).map(change -> change.until(span.end())).toList());
  }

  private static List<Duration> all(
      List<Span> spans, Predicate<Span> which, Function<Span, List<Duration>> times) {
    return spans.stream().filter(which).flatMap(span -> times.apply(span).stream()).toList();
  }

  boolean holds() {
    return broken.isEmpty();
  }

  /** A row of a Markdown table below {@link #HEADER}: medians, with the most in parentheses. */
  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d | %d | %d | %s | %s | %s | %s | %s | %d |%n",
        protocol.label(),
        changes.size(),
        counts.generation(),
        counts.records(),
        counts.processed() - counts.records(),
        counts.commits(),
        counts.refused(),
        cell(times.loud()),
        cell(times.silent()),
        cell(times.without()),
        cell(times.waits()),
        cell(times.calmWaits()),
        broken.size());
  }

  private static String cell(List<Duration> times) {
    if (times.isEmpty()) {
      return "-";
    }
    Spread spread = Spread.of(times, Duration::toMillis);
    return String.format(Locale.ROOT, "%.0f (%.0f)", spread.median(), spread.highest());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(HEADER).append(row());
    broken.stream().limit(SHOWN).forEach(each -> text.append(each).append('\n'));
    return text.toString();
  }
}
