package io.castalia.streams.connect;

import static io.castalia.streams.connect.RegistryRequests.ABSENT;
import static io.castalia.streams.connect.RegistryRequests.ASKER;
import static io.castalia.streams.connect.RegistryRequests.CONFIG;
import static io.castalia.streams.connect.RegistryRequests.LOGIC;
import static io.castalia.streams.connect.RegistryRequests.changing;
import static io.castalia.streams.connect.RegistryRequests.creating;
import static io.castalia.streams.connect.RegistryRequests.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.streams.connect.RegistryCommand.Delete;
import io.castalia.streams.connect.RegistryCommand.Named;
import io.castalia.streams.connect.TaskStatus.TaskState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How many tasks a connector has, and what is told of them. */
class ConnectorTasksTest {
  @Test
  void shouldRunNoMoreTasksThanThereIsWorkFor() {
    assertThat(tasks(with("tasks.max", "2"))).isEqualTo(List.of("0 of 2", "1 of 2"));
    assertThat(tasks(with("tasks.max", "9"))).hasSize(3).last().isEqualTo("2 of 3");
  }

  private List<String> tasks(Map<String, String> config) {
    return LOGIC.assignments(new ConnectorDefinition("c", config, false, 7)).stream()
        .map(each -> each.task() + " of " + each.tasks())
        .toList();
  }

  @Test
  void shouldRememberHowManyTasksASourceHasEverHad() {
    RegistryState state = after(ABSENT, creating("c", with("tasks.max", "3")));
    state = after(state, changing("c", with("tasks.max", "2")));
    assertThat(state.everTasks("c")).isEqualTo(3);

    state = after(after(state, new Delete("c", ASKER)), creating("c", CONFIG));

    assertThat(state.everTasks("c")).isEqualTo(3);
    assertThat(state.everTasks("d")).isZero();
  }

  @Test
  void shouldCountTheTasksOfASourceThatWereNotCountedBefore() {
    ConnectorDefinition stored = new ConnectorDefinition("c", with("tasks.max", "3"), false, 1);
    RegistryState before = new RegistryState(Map.of("c", stored), 1, Map.of());

    assertThat(after(before, changing("c", CONFIG)).everTasks("c")).isEqualTo(3);
  }

  private RegistryState after(RegistryState state, Named command) {
    return state.after(LOGIC.decide(state, command).event().orElseThrow());
  }

  @Test
  void shouldDescribeTasksByReportsOfWhatIsWantedNow() {
    ConnectorDefinition wanted = new ConnectorDefinition("c", with("tasks.max", "3"), false, 7);
    TaskStatus running = new TaskStatus(0, TaskState.RUNNING, "node-1", "");
    TaskStatus stale = new TaskStatus(1, TaskState.RUNNING, "node-2", "");

    var described =
        LOGIC.describe(
            wanted,
            task ->
                Optional.ofNullable(
                    Map.of(0, new TaskReport("c", 7, running), 1, new TaskReport("c", 6, stale))
                        .get(task)));

    assertThat(described.source()).isTrue();
    assertThat(described.tasks())
        .containsExactly(running, TaskStatus.unassigned(1), TaskStatus.unassigned(2));
  }

  @Test
  void shouldDescribeTasksAsPausedWhateverTheyLastReported() {
    ConnectorDefinition wanted = new ConnectorDefinition("c", CONFIG, true, 7);
    TaskStatus running = new TaskStatus(0, TaskState.RUNNING, "node-1", "");

    assertThat(LOGIC.describe(wanted, task -> Optional.of(new TaskReport("c", 7, running))).tasks())
        .containsExactly(TaskStatus.paused(0));
  }
}
