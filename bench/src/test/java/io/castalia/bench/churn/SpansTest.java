package io.castalia.bench.churn;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.churn.Change.Kind;
import io.castalia.testkit.group.GroupEvent;
import io.castalia.testkit.group.GroupEvent.Assigned;
import io.castalia.testkit.group.GroupEvent.Processed;
import io.castalia.testkit.group.GroupEvent.Revoked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two partitions. Times are in nanoseconds, and small. */
final class SpansTest {

  private final List<TimedEvent> events = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  @Test
  void shouldTakeFromChangeToConvergenceForDisturbance() {
    joinAlone();
    change(50, Kind.JOIN, "b");
    at(55, new Assigned("a", 2, Set.of()));
    at(60, new Revoked("a", Set.of("logs-1")));
    at(70, new Assigned("b", 3, Set.of("logs-1")));
    change(90, Kind.KILL, "b");
    at(95, new Assigned("a", 4, Set.of("logs-1")));

    List<Span> spans = spans();

    assertThat(spans).extracting(Span::begin).containsExactly(1L, 10L, 50L, 70L, 90L);
    assertThat(spans).extracting(Span::end).containsExactly(10L, 50L, 70L, 90L, 95L);
    assertThat(spans).extracting(Span::isCalm).containsExactly(false, true, false, true, false);
  }

  @Test
  void shouldKeepWhatMemberHadBeforeAndAfter() {
    joinAlone();
    change(50, Kind.JOIN, "b");
    at(55, new Revoked("a", Set.of("logs-0", "logs-1")));
    at(60, new Assigned("a", 2, Set.of("logs-0")));
    at(70, new Assigned("b", 2, Set.of("logs-1")));

    assertThat(spans().get(2).kept()).isEqualTo(Map.of("a", Set.of("logs-0"), "b", Set.of()));
    assertThat(spans().get(2).without()).containsExactly(Duration.ofNanos(5));
  }

  @Test
  void shouldNotMissWhatMemberNeverGaveBack() {
    joinAlone();
    change(50, Kind.JOIN, "b");
    at(55, new Assigned("a", 2, Set.of()));
    at(60, new Revoked("a", Set.of("logs-1")));
    at(70, new Assigned("b", 3, Set.of("logs-1")));

    assertThat(spans().get(2).without()).containsExactly(Duration.ZERO);
  }

  @Test
  void shouldNotTakeForKeptWhatWasAnothersMeanwhile() {
    joinAlone();
    change(50, Kind.JOIN, "b");
    at(55, new Revoked("a", Set.of("logs-1")));
    at(60, new Assigned("b", 2, Set.of("logs-1")));
    change(59, Kind.JOIN, "c");
    at(70, new Revoked("b", Set.of("logs-1")));
    change(75, Kind.LEAVE, "b");
    change(76, Kind.LEAVE, "c");
    at(80, new Assigned("a", 3, Set.of("logs-1")));

    assertThat(spans().get(2).kept()).isEqualTo(Map.of("a", Set.of("logs-0")));
  }

  @Test
  void shouldTakeChangesThatComeTogetherForOneDisturbance() {
    joinAlone();
    change(50, Kind.JOIN, "b");
    change(51, Kind.LEAVE, "b");
    at(60, new Assigned("a", 2, Set.of()));

    Span last = spans().get(2);

    assertThat(last.changes()).extracting(Change::kind).containsExactly(Kind.JOIN, Kind.LEAVE);
    assertThat(last.end()).isEqualTo(60);
  }

  @Test
  void shouldNotCountTheSilentEndOfWhoHadNothing() {
    joinAlone();
    change(50, Kind.JOIN, "b");
    change(51, Kind.KILL, "b");
    at(60, new Assigned("a", 2, Set.of()));

    assertThat(spans().get(2).changes()).extracting(Change::kind).containsExactly(Kind.JOIN);
  }

  @Test
  void shouldTellTheLongestTimeWithoutRecordsOfWhatWasKept() {
    joinAlone();
    at(45, new Processed("a", "logs-0", 0, 0));
    change(50, Kind.JOIN, "b");
    at(55, new Revoked("a", Set.of("logs-0", "logs-1")));
    at(60, new Assigned("a", 2, Set.of("logs-0")));
    at(70, new Assigned("b", 2, Set.of("logs-1")));
    at(71, new Processed("b", "logs-1", 0, 0));
    at(75, new Processed("a", "logs-0", 1, 1));
    at(99, new Processed("a", "logs-0", 2, 2));

    Timeline timeline = timeline();

    assertThat(new Pauses(timeline).in(spans().get(2))).containsExactly(Duration.ofNanos(25));
  }

  @Test
  void shouldNotTakeForAPauseInACalmWhatCameAfterIt() {
    joinAlone();
    at(20, new Processed("a", "logs-0", 0, 0));
    at(45, new Processed("a", "logs-0", 1, 1));
    change(50, Kind.JOIN, "b");
    at(55, new Revoked("a", Set.of("logs-0")));
    at(60, new Assigned("a", 2, Set.of("logs-1")));
    at(70, new Assigned("b", 2, Set.of("logs-0")));
    change(900, Kind.LEAVE, "b");
    at(950, new Assigned("a", 3, Set.of("logs-0", "logs-1")));
    at(990, new Processed("a", "logs-0", 2, 2));

    Timeline timeline = timeline();

    assertThat(new Pauses(timeline).in(spans().get(1))).containsExactly(Duration.ofNanos(25));
  }

  private void joinAlone() {
    change(1, Kind.JOIN, "a");
    at(10, new Assigned("a", 1, Set.of("logs-0", "logs-1")));
  }

  private void at(long nanos, GroupEvent event) {
    events.add(new TimedEvent(nanos, event));
  }

  private void change(long nanos, Kind kind, String member) {
    changes.add(new Change(nanos, kind, member));
  }

  private Timeline timeline() {
    return new Timeline(2, events, changes);
  }

  private List<Span> spans() {
    return Spans.of(timeline());
  }
}
