package io.castalia.streams.connect;

import static io.castalia.streams.connect.RegistryRequests.ABSENT;
import static io.castalia.streams.connect.RegistryRequests.ASKER;
import static io.castalia.streams.connect.RegistryRequests.LOGIC;
import static io.castalia.streams.connect.RegistryRequests.RUNS;
import static io.castalia.streams.connect.RegistryRequests.creating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.streams.connect.RegistryCommand.Delete;
import io.castalia.streams.connect.RegistryCommand.Named;
import io.castalia.streams.connect.RegistryEvent.Configured;
import io.castalia.streams.connect.RegistryEvent.Deleted;
import io.castalia.streams.connect.TaskStatus.TaskState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;

/** Kinds of connectors that are gone, that fail, or that are there twice. */
class ConnectorPluginsTest {
  /** As after an upgrade, or without the jar that had it. */
  @Test
  void shouldGoOnWithoutAKindThatIsNoLongerThere() {
    Map<String, String> gone = Map.of("connector.class", "fax-sink", "password", "swordfish");
    RegistryState state = RUNS.after(new Configured("fax", gone, 0));
    ConnectorDefinition fax = state.find("fax").orElseThrow();

    RegistryReply.Described described = LOGIC.describe(fax, task -> Optional.empty());

    assertThat(LOGIC.assignments(fax)).isEmpty();
    assertThat(described.tasks())
        .singleElement()
        .satisfies(
            task -> {
              assertThat(task.state()).isEqualTo(TaskState.UNASSIGNED);
              assertThat(task.trace()).contains("but it was \"fax-sink\"");
            });
    assertThat(described.config())
        .isEqualTo(Map.of("connector.class", "fax-sink", "password", "[hidden]"));
    assertThat(LOGIC.decide(state, new Delete("fax", ASKER)).event()).contains(new Deleted("fax"));
    assertThat(LOGIC.assignments(state.find("c").orElseThrow())).hasSize(1);
  }

  private record Broken(String type) implements SourcePlugin {
    @Override
    public String description() {
      return "fails";
    }

    @Override
    public List<ConfigKey<?>> keys() {
      return List.of();
    }

    @Override
    public void check(ConnectorConfig config) {
      throw new IllegalStateException("no idea");
    }

    @Override
    public Source<SourceRecord, NotUsed> source(TaskContext task, Map<String, String> positions) {
      return Source.empty();
    }
  }

  @Test
  void shouldRefuseWhatAKindCannotCheck() {
    RegistryLogic broken = new RegistryLogic(PluginTable.of(List.of(new Broken("broken"))));
    Named create = creating("c", Map.of("connector.class", "broken"));

    assertThat(broken.decide(ABSENT, create).refusal().map(RegistryReply.Refused::message))
        .contains(
            "The configuration of connector \"c\" is wrong: \"broken\" cannot check it:"
                + " java.lang.IllegalStateException: no idea");
  }

  @Test
  void shouldRefuseTwoKindsOfOneName() {
    assertThatThrownBy(() -> PluginTable.of(List.of(new Broken("same"), new Broken("same"))))
        .hasMessageStartingWith("expected kinds of connectors with different names, but \"same\"");
  }
}
