package io.castalia.bench.churn;

import io.castalia.testkit.group.GroupEvent.Assigned;
import io.castalia.testkit.group.GroupEvent.Lost;
import io.castalia.testkit.group.GroupEvent.Revoked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Divides a timeline into calms and what disturbed them. Kills of the broker change no member, and
 * the silent end of a member that has nothing disturbs nobody, and is nothing to get over.
 */
final class Spans {

  private final List<Span> spans = new ArrayList<>();
  private final Board board;
  private final List<Change> pending = new ArrayList<>();
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, Long> givenBack = new HashMap<>();
  private final Map<String, Duration> absences = new HashMap<>();
  private final Set<String> moved = new HashSet<>();
  private Map<String, Set<String>> before = Map.of();
  private long begin;
  private boolean calm;

  private Spans(Timeline timeline) {
    board = new Board(timeline.partitions());
    List<Change> changes =
        timeline.changes().stream()
            .filter(change -> change.kind() != Change.Kind.BROKER_KILL)
            .toList();
    int next = 0;
    for (TimedEvent event : timeline.events()) {
      while (next < changes.size() && changes.get(next).nanos() <= event.nanos()) {
        change(changes.get(next));
        next++;
      }
      happen(event);
    }
  }

  /** All spans that ended, in their order. */
  static List<Span> of(Timeline timeline) {
    return List.copyOf(new Spans(timeline).spans);
  }

  private void change(Change change) {
    if (change.kind().isSilent() && board.hasNothing(change.member())) {
      board.apply(change);
      return;
    }
    if (calm) {
      spans.add(new Span(begin, change.nanos(), List.of(), board.ownedByPresent(), List.of()));
      calm = false;
    }
    if (pending.isEmpty()) {
      begin = change.nanos();
      before = board.ownedByPresent();
      moved.clear();
      absences.clear();
    }
    pending.add(change);
    board.apply(change);
  }

  private void happen(TimedEvent event) {
    board.apply(event.event());
    if (event.event() instanceof Assigned assigned) {
      assigned.partitions().forEach(each -> own(each, assigned.member(), event.nanos()));
    } else if (event.event() instanceof Revoked revoked) {
      revoked.partitions().forEach(each -> givenBack.put(each, event.nanos()));
    } else if (event.event() instanceof Lost lost) {
      lost.partitions().forEach(each -> givenBack.put(each, event.nanos()));
    }
    if (!pending.isEmpty() && board.isConverged()) {
      end(event.nanos());
    }
  }

  private void own(String partition, String member, long nanos) {
    String last = owners.put(partition, member);
    if (last != null && !last.equals(member)) {
      moved.add(partition);
    }
    Long since = givenBack.remove(partition);
    if (since != null) {
      absences.merge(partition, Duration.ofNanos(nanos - since), Spans::longer);
    }
  }

  private void end(long nanos) {
    Map<String, Set<String>> kept = kept();
    List<Duration> without =
        kept.values().stream()
            .filter(partitions -> !partitions.isEmpty())
            .map(this::longestAbsence)
            .toList();
    spans.add(new Span(begin, nanos, pending, kept, without));
    pending.clear();
    begin = nanos;
    calm = true;
  }

  private Duration longestAbsence(Set<String> partitions) {
    return partitions.stream()
        .map(each -> absences.getOrDefault(each, Duration.ZERO))
        .reduce(Duration.ZERO, Spans::longer);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private Map<String, Set<String>> kept() {
    Map<String, Set<String>> kept = new HashMap<>();
    board
        .ownedByPresent()
        .forEach(
            (member, now) -> {
              Set<String> both = new HashSet<>(now);
              both.retainAll(before.getOrDefault(member, Set.of()));
              both.removeAll(moved);
              kept.put(member, both);
            });
    return kept;
  }
}
