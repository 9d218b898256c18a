package io.castalia.bench.churn;

import io.castalia.testkit.group.GroupEvent;
import io.castalia.testkit.group.GroupEvent.CommitEnded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes down what all members say and what is done to them. Thread-safe. */
final class Recorder {

  private final int partitions;
  private final Board board;
  private final List<TimedEvent> events = new ArrayList<>();
  private final Map<String, Long> committedAt = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  Recorder(int partitions) {
    this.partitions = partitions;
    this.board = new Board(partitions);
  }

  /** Something happened just now. */
  synchronized void note(GroupEvent event) {
    note(new TimedEvent(System.nanoTime(), event));
  }

  synchronized void note(TimedEvent event) {
    events.add(event);
    board.apply(event.event());
    if (event.event() instanceof CommitEnded commit && commit.accepted()) {
      committedAt.put(commit.member(), event.nanos());
    }
  }

  /** Something is about to be done. */
  synchronized void note(Change.Kind kind, String member) {
    Change change = new Change(System.nanoTime(), kind, member);
    changes.add(change);
    board.apply(change);
  }

  /** Something ended that should not have. */
  synchronized void failed(String text) {
    failures.add(text);
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  synchronized boolean isConverged() {
    return board.isConverged();
  }

  /** Whether the group has converged, and everybody in it has committed after a moment. */
  synchronized boolean isAtWorkSince(long nanos) {
    return board.isConverged()
        && board.ownedByPresent().keySet().stream()
            .allMatch(member -> committedAt.getOrDefault(member, nanos) > nanos);
  }

  /** Who has what, for messages. */
  synchronized String ownership() {
    return board.toString();
  }

  /** Everything so far, in the order of time. */
  synchronized Timeline timeline() {
    List<TimedEvent> sorted = new ArrayList<>(events);
    sorted.sort(Comparator.comparingLong(TimedEvent::nanos));
    return new Timeline(partitions, sorted, changes);
  }
}
