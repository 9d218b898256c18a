package io.castalia.streams.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.castalia.streams.connect.RegistryCommand.Configure;
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
import io.castalia.streams.connect.TaskStatus.TaskState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RegistryLogicTest {
  private static final ActorRef<RegistryReply> ASKER = TestInbox.<RegistryReply>create().getRef();
  private static final Map<String, String> CONFIG =
      Map.of("connector.class", "file-source", "files", "/a,/b,/c", "topic", "t");
  private static final Map<String, String> OTHER =
      Map.of("connector.class", "file-source", "files", "/a", "topic", "u");

  private static final RegistryState ABSENT = RegistryState.EMPTY;
  private static final RegistryState RUNS = ABSENT.after(new Configured("c", CONFIG, 1));
  private static final RegistryState RESTS = RUNS.after(new Paused("c"));

  private final RegistryLogic logic = new RegistryLogic(BuiltInPlugins.table());

  /** Whether and how a connector is there, a command, its event, and how the connector is then. */
  static Stream<Arguments> transitions() {
    Named create = new Configure("c", CONFIG, true, ASKER);
    Named change = new Configure("c", OTHER, false, ASKER);
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
    var decision = logic.decide(before, command);

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
        arguments(ABSENT, new Configure("c", OTHER, false, ASKER), Reason.UNKNOWN, none),
        arguments(ABSENT, new Pause("c", ASKER), Reason.UNKNOWN, none),
        arguments(ABSENT, new Resume("c", ASKER), Reason.UNKNOWN, none),
        arguments(ABSENT, new Restart("c", ASKER), Reason.UNKNOWN, none),
        arguments(ABSENT, new Delete("c", ASKER), Reason.UNKNOWN, none),
        arguments(ABSENT, new Describe("c", ASKER), Reason.UNKNOWN, none),
        arguments(RUNS, new Configure("d", OTHER, false, ASKER), Reason.UNKNOWN, one),
        arguments(RUNS, new Pause("d", ASKER), Reason.UNKNOWN, one),
        arguments(RUNS, new Configure("c", CONFIG, true, ASKER), Reason.EXISTS, there),
        arguments(RESTS, new Configure("c", CONFIG, true, ASKER), Reason.EXISTS, there));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("refusals")
  void shouldRefuseWhatDoesNotFitWhatIsThere(
      RegistryState state, Named command, Reason reason, String message) {
    var decision = logic.decide(state, command);

    assertThat(decision.event()).isEmpty();
    assertThat(decision.refusal()).contains(new RegistryReply.Refused(reason, message));
  }

  @Test
  void shouldOnlyLookWhenItIsToDescribe() {
    assertThat(Stream.of(RUNS, RESTS).map(state -> logic.decide(state, new Describe("c", ASKER))))
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

  /** A change to a right configuration, where null takes the key away, and what is said to it. */
  static Stream<Arguments> wrongConfigurations() {
    return Stream.of(
        arguments(
            change("connector.class", null),
            "\"connector.class\": expected one of [cassandra-sink, ",
            ", but it was not given"),
        arguments(
            change("connector.class", "fax"),
            "\"connector.class\": expected one of [cassandra-sink, ",
            ", but it was \"fax\""),
        arguments(
            change("files", null),
            "\"files\": expected names between commas, but it was not given",
            ""),
        arguments(change("topic", " "), "\"topic\": expected a text, but it was \" \"", ""),
        arguments(
            change("tasks.max", "many"),
            "\"tasks.max\": expected a whole number of at least 1, but it was \"many\"",
            ""),
        arguments(
            change("batch.linger.ms", "0"),
            "\"batch.linger.ms\": expected milliseconds, at least 1, but it was \"0\"",
            ""),
        arguments(
            change("multiline.first", "("),
            "\"multiline.first\": expected a regular expression, but it was \"(\"",
            ""),
        arguments(change("topics", "t"), "\"topics\": expected one of [batch.linger.ms, ", ""));
  }

  private static Map<String, String> change(String key, @Nullable String value) {
    Map<String, String> changed = new HashMap<>(CONFIG);
    if (value == null) {
      changed.remove(key);
    } else {
      changed.put(key, value);
    }
    return changed;
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("wrongConfigurations")
  void shouldSayWhatWasExpectedOfAConfigurationAndWhatCame(
      Map<String, String> config, String beginning, String end) {
    assertThat(invalid(new Configure("c", config, true, ASKER), ABSENT))
        .startsWith("The configuration of connector \"c\" is wrong: " + beginning)
        .endsWith(end);
    assertThat(invalid(new Configure("c", config, false, ASKER), RUNS))
        .startsWith("The configuration of connector \"c\" is wrong: " + beginning);
  }

  @Test
  void shouldNameEachKeyThatIsWrong() {
    Map<String, String> sink =
        Map.of("connector.class", "file-sink", "tasks.max", "0", "errors.tolerance", "some");

    assertThat(invalid(new Configure("c", sink, true, ASKER), ABSENT))
        .contains(
            "\"tasks.max\": expected a whole number of at least 1, but it was \"0\"",
            "\"topics\": expected names between commas, but it was not given",
            "\"errors.tolerance\": expected one of [none, all], but it was \"some\"",
            "\"directory\": expected ");
  }

  @Test
  void shouldWantATopicForDeadLettersThatAreTolerated() {
    Map<String, String> sink =
        Map.of(
            "connector.class", "file-sink",
            "topics", "t",
            "directory", "/tmp",
            "errors.tolerance", "all");

    assertThat(invalid(new Configure("c", sink, true, ASKER), ABSENT))
        .endsWith(
            "\"errors.deadletterqueue.topic.name\": expected the name of a topic, since"
                + " \"errors.tolerance\" is \"all\", but it was not given");
  }

  @Test
  void shouldRefuseANameThatDoesNotFitPathsAndGroups() {
    assertThat(invalid(new Configure("a/b", CONFIG, true, ASKER), ABSENT))
        .endsWith(
            "\"name\": expected 1 to 128 letters, digits, dots, dashes and underscores, but it was"
                + " \"a/b\"");
  }

  private String invalid(Named command, RegistryState state) {
    var decision = logic.decide(state, command);
    assertThat(decision.event()).isEmpty();
    RegistryReply.Refused refusal = decision.refusal().orElseThrow();
    assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
    return refusal.message();
  }

  private static final Map<String, String> WITH_SECRETS =
      Map.of(
          "connector.class", "mirror-source",
          "topics", "t",
          "mirror.bootstrap.servers", "host:9092",
          "mirror.client.security.protocol", "SASL_SSL",
          "mirror.client.sasl.jaas.config", "Module required password=\"p\";",
          "mirror.client.ssl.keystore.password", "changeit");
  private static final RegistryState KNOWS_SECRETS =
      ABSENT.after(new Configured("c", WITH_SECRETS, 1));

  private Map<String, String> shown() {
    ConnectorDefinition definition = KNOWS_SECRETS.find("c").orElseThrow();
    return logic.describe(definition, task -> Optional.empty()).config();
  }

  @Test
  void shouldShowNoSecrets() {
    Map<String, String> hidden = new HashMap<>(WITH_SECRETS);
    hidden.put("mirror.client.sasl.jaas.config", "[hidden]");
    hidden.put("mirror.client.ssl.keystore.password", "[hidden]");

    assertThat(shown()).isEqualTo(hidden);
  }

  @Test
  void shouldKeepSecretsThatAreWrittenAsTheyAreShown() {
    Map<String, String> changed = new HashMap<>(shown());
    changed.put("tasks.max", "3");
    changed.put("mirror.client.ssl.keystore.password", "another");
    Map<String, String> meant = new HashMap<>(WITH_SECRETS);
    meant.put("tasks.max", "3");
    meant.put("mirror.client.ssl.keystore.password", "another");

    assertThat(logic.decide(KNOWS_SECRETS, new Configure("c", changed, false, ASKER)).event())
        .contains(new Configured("c", meant, 3));
  }

  @Test
  void shouldRefuseSecretsThatNobodyHasTold() {
    assertThat(invalid(new Configure("d", shown(), true, ASKER), KNOWS_SECRETS))
        .contains(
            "\"mirror.client.sasl.jaas.config\": expected a secret, but it was \"[hidden]\"",
            "\"mirror.client.ssl.keystore.password\": expected a secret, but it was \"[hidden]\"");
  }

  @Test
  void shouldNotRepeatASecretThatIsWrong() {
    Map<String, String> blank =
        Map.of(
            "connector.class", "jdbc-sink",
            "topics", "t",
            "connection.url", "jdbc:h2:mem:x",
            "table", "t",
            "pk.columns", "id",
            "connection.password", "   ");

    assertThat(invalid(new Configure("c", blank, true, ASKER), ABSENT))
        .endsWith("\"connection.password\": expected a text, but it was \"[hidden]\"");
  }

  @Test
  void shouldRunNoMoreTasksThanThereIsWorkFor() {
    assertThat(tasks(change("tasks.max", "2"))).isEqualTo(List.of("0 of 2", "1 of 2"));
    assertThat(tasks(change("tasks.max", "9"))).hasSize(3).last().isEqualTo("2 of 3");
  }

  private List<String> tasks(Map<String, String> config) {
    return logic.assignments(new ConnectorDefinition("c", config, false, 7)).stream()
        .map(each -> each.task() + " of " + each.tasks())
        .toList();
  }

  @Test
  void shouldRememberHowManyTasksASourceHasEverHad() {
    RegistryState state = after(ABSENT, configure(change("tasks.max", "3"), true));
    state = after(state, configure(change("tasks.max", "2"), false));
    assertThat(state.everTasks("c")).isEqualTo(3);

    state = after(after(state, new Delete("c", ASKER)), configure(CONFIG, true));

    assertThat(state.everTasks("c")).isEqualTo(3);
    assertThat(state.everTasks("d")).isZero();
  }

  @Test
  void shouldCountTheTasksOfASourceThatWereNotCountedBefore() {
    ConnectorDefinition stored = new ConnectorDefinition("c", change("tasks.max", "3"), false, 1);
    RegistryState before = new RegistryState(Map.of("c", stored), 1, Map.of());

    assertThat(after(before, configure(CONFIG, false)).everTasks("c")).isEqualTo(3);
  }

  private static Configure configure(Map<String, String> config, boolean create) {
    return new Configure("c", config, create, ASKER);
  }

  private RegistryState after(RegistryState state, Named command) {
    return state.after(logic.decide(state, command).event().orElseThrow());
  }

  @Test
  void shouldDescribeTasksByReportsOfWhatIsWantedNow() {
    ConnectorDefinition wanted = new ConnectorDefinition("c", change("tasks.max", "3"), false, 7);
    TaskStatus running = new TaskStatus(0, TaskState.RUNNING, "node-1", "");
    TaskStatus stale = new TaskStatus(1, TaskState.RUNNING, "node-2", "");

    var described =
        logic.describe(
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

    assertThat(logic.describe(wanted, task -> Optional.of(new TaskReport("c", 7, running))).tasks())
        .containsExactly(TaskStatus.paused(0));
  }
}
