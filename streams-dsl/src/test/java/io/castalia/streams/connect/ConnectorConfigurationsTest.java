package io.castalia.streams.connect;

import static io.castalia.streams.connect.RegistryRequests.ABSENT;
import static io.castalia.streams.connect.RegistryRequests.CONFIG;
import static io.castalia.streams.connect.RegistryRequests.LOGIC;
import static io.castalia.streams.connect.RegistryRequests.RUNS;
import static io.castalia.streams.connect.RegistryRequests.changing;
import static io.castalia.streams.connect.RegistryRequests.complaint;
import static io.castalia.streams.connect.RegistryRequests.creating;
import static io.castalia.streams.connect.RegistryRequests.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which configurations of connectors are refused, and with which words. */
class ConnectorConfigurationsTest {
  /** A change to a right configuration, where null takes the key away, and what is said to it. */
  static Stream<Arguments> wrongConfigurations() {
    return Stream.of(
        arguments(
            with("connector.class", null),
            "\"connector.class\": expected one of [cassandra-sink, ",
            ", but it was not given"),
        arguments(
            with("connector.class", "fax"),
            "\"connector.class\": expected one of [cassandra-sink, ",
            ", but it was \"fax\""),
        arguments(
            with("files", null),
            "\"files\": expected names between commas, but it was not given",
            ""),
        arguments(with("topic", " "), "\"topic\": expected a text, but it was \" \"", ""),
        arguments(
            with("tasks.max", "many"),
            "\"tasks.max\": expected a whole number of at least 1, but it was \"many\"",
            ""),
        arguments(
            with("batch.linger.ms", "0"),
            "\"batch.linger.ms\": expected milliseconds, at least 1, but it was \"0\"",
            ""),
        arguments(
            with("multiline.first", "("),
            "\"multiline.first\": expected a regular expression, but it was \"(\"",
            ""),
        arguments(with("topics", "t"), "\"topics\": expected one of [batch.linger.ms, ", ""));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("wrongConfigurations")
  void shouldSayWhatWasExpectedOfAConfigurationAndWhatCame(
      Map<String, String> config, String beginning, String end) {
    assertThat(complaint(creating("c", config), ABSENT))
        .startsWith("The configuration of connector \"c\" is wrong: " + beginning)
        .endsWith(end);
    assertThat(complaint(changing("c", config), RUNS))
        .startsWith("The configuration of connector \"c\" is wrong: " + beginning);
  }

  @Test
  void shouldNameEachKeyThatIsWrong() {
    Map<String, String> sink =
        Map.of("connector.class", "file-sink", "tasks.max", "0", "errors.tolerance", "some");

    assertThat(complaint(creating("c", sink), ABSENT))
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

    assertThat(complaint(creating("c", sink), ABSENT))
        .endsWith(
            "\"errors.deadletterqueue.topic.name\": expected the name of a topic, since"
                + " \"errors.tolerance\" is \"all\", but it was not given");
  }

  @Test
  void shouldRefuseANameThatDoesNotFitPathsAndGroups() {
    assertThat(complaint(creating("a/b", CONFIG), ABSENT))
        .endsWith(
            "\"name\": expected 1 to 128 letters, digits, dots, dashes and underscores, but it was"
                + " \"a/b\"");
  }

  @Test
  void shouldReadValuesAsPeopleWriteThem() {
    Map<String, String> sink =
        Map.of(
            "connector.class", "file-sink",
            "topics", " t ,u",
            "directory", "/tmp",
            "errors.tolerance", "None",
            "batch.linger.ms", "3000000000",
            "tasks.max", " 2 ");

    assertThat(LOGIC.decide(ABSENT, creating("c", sink)).refusal()).isEmpty();
  }
}
