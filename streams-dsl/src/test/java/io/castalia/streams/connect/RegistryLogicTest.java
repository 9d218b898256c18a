package io.castalia.streams.connect;

import static io.castalia.streams.connect.RegistryRequests.ABSENT;
import static io.castalia.streams.connect.RegistryRequests.ASKER;
import static io.castalia.streams.connect.RegistryRequests.CONFIG;
import static io.castalia.streams.connect.RegistryRequests.LOGIC;
import static io.castalia.streams.connect.RegistryRequests.RUNS;
import static io.castalia.streams.connect.RegistryRequests.changing;
import static io.castalia.streams.connect.RegistryRequests.creating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.castalia.streams.connect.RegistryCommand.Delete;
import io.castalia.streams.connect.RegistryCommand.Describe;
import io.castalia.streams.connect.RegistryCommand.Named;
import io.castalia.streams.connect.RegistryCommand.Pause;
import io.castalia.streams.connect.RegistryCommand.Restart;
import io.castalia.streams.connect.RegistryCommand.Resume;
import io.castalia.streams.connect.RegistryEvent.Configured;
import io.castalia.streams.connect.RegistryEvent.Deleted;
import io.castalia.streams.connect.RegistryEvent.Paused;
import io.castalia.streams.connect.RegistryEvent.Restarted;
import io.castalia.streams.connect.RegistryEvent.Resumed;
import io.castalia.streams.connect.RegistryReply.Reason;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a connector that is there, or is not, by each command. */
class RegistryLogicTest {
  private static final Map<String, String> OTHER =
      Map.of("connector.class", "file-source", "files", "/a", "topic", "u");
  private static final RegistryState RESTS = RUNS.after(new Paused("c"));

  /** Whether and how a connector is there, a command, its event, and how the connector is then. */
  static Stream<Arguments> transitions() {
    Named create = creating("c", CONFIG);
    Named change = changing("c", OTHER);
    Named pause = new Pause("c", ASKER);
    Named resume = new Resume("c", ASKER);
    Named restart = new Restart("c", ASKER);
    Named delete = new Delete("c", ASKER);
    return Stream.of(
        arguments("absent", ABSENT, create, new Configured("c", CONFIG, 1), "runs " + CONFIG),
        arguments("runs", RUNS, change, new Configured("c", OTHER, 1), "runs " + OTHER),
        arguments("runs", RUNS, pause, new Paused("c"), "rests " + CONFIG),
        arguments("runs", RUNS, resume, new Resumed("c"), "runs " + CONFIG),
        arguments("runs", RUNS, restart, new Restarted("c"), "runs " + CONFIG),
        arguments("runs", RUNS, delete, new Deleted("c"), "absent"),
        arguments("rests", RESTS, change, new Configured("c", OTHER, 1), "rests " + OTHER),
        arguments("rests", RESTS, pause, new Paused("c"), "rests " + CONFIG),
        arguments("rests", RESTS, resume, new Resumed("c"), "runs " + CONFIG),
        arguments("rests", RESTS, restart, new Restarted("c"), "rests " + CONFIG),
        arguments("rests", RESTS, delete, new Deleted("c"), "absent"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("transitions")
  void shouldRememberWhatACommandChanges(
      String how, RegistryState before, Named command, RegistryEvent event, String after) {
    var decision = LOGIC.decide(before, command);

    assertThat(decision.refusal()).isEmpty();
    assertThat(decision.event()).contains(event);
    RegistryState next = before.after(event);
    assertThat(next.find("c").map(RegistryLogicTest::text).orElse("absent")).isEqualTo(after);
    assertThat(next.generation()).isEqualTo(before.generation() + 1);
    assertThat(next.find("c").map(ConnectorDefinition::generation).orElse(next.generation()))
        .as("tasks run what is new")
        .isEqualTo(next.generation());
  }

  private static String text(ConnectorDefinition definition) {
    return (definition.paused() ? "rests " : "runs ") + definition.config();
  }

  /** How a connector is there, a command, the reason of its refusal, and the message. */
  static Stream<Arguments> refusals() {
    String none = "Expected the name of a connector, and there is none yet, but it was \"c\".";
    String one = "Expected the name of a connector, one of [c], but it was \"d\".";
    String there = "There is a connector \"c\" already.";
    return Stream.of(
        arguments(ABSENT, changing("c", OTHER), Reason.UNKNOWN, none),
        arguments(ABSENT, new Pause("c", ASKER), Reason.UNKNOWN, none),
        arguments(ABSENT, new Resume("c", ASKER), Reason.UNKNOWN, none),
        arguments(ABSENT, new Restart("c", ASKER), Reason.UNKNOWN, none),
        arguments(ABSENT, new Delete("c", ASKER), Reason.UNKNOWN, none),
        arguments(ABSENT, new Describe("c", ASKER), Reason.UNKNOWN, none),
        arguments(RUNS, changing("d", OTHER), Reason.UNKNOWN, one),
        arguments(RUNS, new Pause("d", ASKER), Reason.UNKNOWN, one),
        arguments(RUNS, creating("c", CONFIG), Reason.EXISTS, there),
        arguments(RESTS, creating("c", CONFIG), Reason.EXISTS, there));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("refusals")
  void shouldRefuseWhatDoesNotFitWhatIsThere(
      RegistryState state, Named command, Reason reason, String message) {
    var decision = LOGIC.decide(state, command);

    assertThat(decision.event()).isEmpty();
    assertThat(decision.refusal()).contains(new RegistryReply.Refused(reason, message));
  }

  @Test
  void shouldOnlyLookWhenItIsToDescribe() {
    assertThat(Stream.of(RUNS, RESTS).map(state -> LOGIC.decide(state, new Describe("c", ASKER))))
        .allSatisfy(
            decision -> {
              assertThat(decision.event()).isEmpty();
              assertThat(decision.refusal()).isEmpty();
            });
  }

  @Test
  void shouldHaveEachCommandInTheTables() {
    assertThat(
            Stream.concat(
                    Stream.concat(transitions(), refusals())
                        .flatMap(row -> Arrays.stream(row.get())),
                    Stream.of(new Describe("c", ASKER)))
                .filter(Named.class::isInstance)
                .map(Object::getClass)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Named.class.getPermittedSubclasses());
  }
}
