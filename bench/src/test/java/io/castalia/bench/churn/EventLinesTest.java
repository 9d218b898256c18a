package io.castalia.bench.churn;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.testkit.group.GroupEvent;
import io.castalia.testkit.group.GroupEvent.Assigned;
import io.castalia.testkit.group.GroupEvent.CommitBegun;
import io.castalia.testkit.group.GroupEvent.CommitEnded;
import io.castalia.testkit.group.GroupEvent.Lost;
import io.castalia.testkit.group.GroupEvent.Processed;
import io.castalia.testkit.group.GroupEvent.Revoked;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EventLinesTest {

  static Stream<GroupEvent> whatMembersSay() {
    return Stream.of(
        new Assigned("m1", 7, Set.of("logs-0", "logs-12")),
        new Assigned("m1", 8, Set.of()),
        new Revoked("m1", Set.of("logs-0")),
        new Lost("m1", Set.of("logs-0", "logs-1")),
        new Processed("m1", "logs-0", 5, 9),
        new CommitBegun("m1", Map.of("logs-0", 10L, "logs-1", 3L)),
        new CommitEnded("m1", true),
        new CommitEnded("m1", false));
  }

  @ParameterizedTest
  @MethodSource("whatMembersSay")
  void shouldReadWhatWasWritten(GroupEvent event) {
    assertThat(EventLines.read("m1", EventLines.write(42, event)))
        .isEqualTo(new TimedEvent(42, event));
  }
}
