package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is told before anything starts: the key, what it takes, what came, and where. */
class WrongSettingsTest {
  private static final String ADMIN_PORT = "castalia.admin.port";

  @TempDir private Path directory = Path.of("");

  /** Every key that takes something else than a text, whichever module reads it. */
  static Stream<String> keys() {
    Config defaults = ConfigFactory.defaultReference();
    return defaults.getObject("castalia").toConfig().entrySet().stream()
        .filter(entry -> kind(entry.getValue()) != SettingKind.TEXT)
        .map(entry -> "castalia." + entry.getKey())
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void shouldRefuseATextWhereNoneIsTaken(String key) throws IOException {
    SettingsFile file = SettingsFile.in(directory, "# mine", key + " = lots");

    String expected = kind(ConfigFactory.defaultReference().getValue(key)).expected();
    assertThat(file.refusal())
        .isEqualTo(
            "expected %s to be %s, but it was \"lots\" (%s)"
                .formatted(key, expected, file.line(2)));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void shouldRefuseNegativeValues(String key) throws IOException {
    boolean time = kind(ConfigFactory.defaultReference().getValue(key)) == SettingKind.TIME;
    SettingsFile file = SettingsFile.in(directory, key + " = -2" + (time ? " s" : ""));

    assertThat(file.refusal()).startsWith("expected " + key + " to be ").endsWith(": 1)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "persistence.give-up-after = 5 | a time with its unit, such as 20 s, but it was 5",
        "persistence.give-up-after = 0 s | longer than 0, but it was \"0 s\"",
        "partition.passivate-after = 1000 d | at most 240 days, but it was \"1000 d\"",
        "persistence.segment-bytes = 0 | at least 1, but it was 0",
        "persistence.segment-bytes = 2 EiB | at most 1152921504606846976, but it was \"2 EiB\"",
        "persistence.buckets-at-a-time = 0 | at least 1, but it was 0",
        "persistence.read-cache-file.bytes = x | a size, such as 64 MiB, but it was \"x\"",
        "persistence.entry-header-bytes = 3 GiB | less than 2 GiB, but it was 3221225472",
        "persistence.cassandra.contact-points = a | a list, such as [\"a\", \"b\"], but it was"
            + " \"a\"",
        "persistence.cassandra.contact-points = [[]] | a list, such as [\"a\", \"b\"], but it was a"
            + " list",
        "persistence.cassandra.contact-points = [\"a:b\"] | like \"10.0.0.1:9042\", but one was"
            + " \"a:b\"",
        "persistence.cassandra.replication.dc1 = x | a number of replicas, but it was \"x\"",
        "persistence.embedded-cassandra.commit-log = no | batch, group or periodic, but it was"
            + " \"no\"",
        "persistence.embedded-cassandra.heap = 1 MiB | at least 256 MiB, but it was 1 MiB",
        "persistence.embedded-cassandra.port = 99999 | a port from 0 to 65535, but it was 99999",
        "persistence.journal.class = no.Such | the name of a class, but it was \"no.Such\"",
        "persistence.journal.plugin-dispatcher = no | the path of a section, but it was \"no\"",
        "persistence.dispatcher.type = no | Dispatcher or the name of a class, but it was \"no\"",
        "kafka.port = 1.5 | a whole number, but it was 1.5",
        "kafka.port = null | a whole number, but it was null",
        "kafka.fetch.max-size = 3 GiB | 0 to 2 GiB, but it was 3221225472",
        "cluster.host = 0.0.0.0 | an address that other nodes connect to, but it was \"0.0.0.0\"",
        "groups.slots = 1001 | at most 1000, but it was 1001",
        "groups.consumer.migration-policy = no | bidirectional, upgrade, downgrade or disabled",
        "groups.consumer.heartbeat-interval = 45s | less than"
            + " castalia.groups.consumer.session-timeout",
        "processing.fetch-size = 3 GiB | less than 2 GiB, but it was 3221225472",
        "processing.topic-interval = 0 | longer than 0, but it was 0",
      })
  void shouldSayWhatIsExpectedWhatCameAndWhere(String line, String complaint) throws IOException {
    SettingsFile file = SettingsFile.in(directory, "castalia." + line);

    assertThat(file.refusal()).contains(" to be " + complaint).endsWith("(" + file.line(1) + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"min-backoff = 40 s", "max-backoff = 1 ms"})
  void shouldRefuseALeastThatIsMoreThanTheMostAndSayWhichOfThemWasSet(String line)
      throws IOException {
    SettingsFile file = SettingsFile.in(directory, "castalia.groups." + line);

    assertThat(file.refusal())
        .startsWith(
            "expected castalia.groups.max-backoff to be at least castalia.groups.min-backoff, but")
        .endsWith("(" + file.line(1) + ")");
  }

  @Test
  void shouldNameKafkasNameThatIsWrong() throws IOException {
    SettingsFile file =
        SettingsFile.in(
            directory, "castalia.topic-registry.kafka {", "\"log.retention.hours\" = x", "}");

    assertThat(file.refusal())
        .contains("\"log.retention.hours\"")
        .endsWith("(" + file.line(2) + ")");
  }

  @Test
  void shouldSayThatItIsTheCommandLine() {
    Map<String, Object> commandLine = Map.of("castalia.kafka.port", 70_000);

    assertThatThrownBy(() -> NodeSettings.of(SettingsSource.load(Optional.empty(), commandLine)))
        .hasMessageEndingWith(
            "castalia.kafka.port to be 0 to 65535, but it was 70000 (the command line)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "castalia.persistence.read-cache-bytes = 0",
        "castalia.persistence.read-cache-bytes = 67108864",
        "castalia.partition.max-read-lag = 0",
        "castalia.partition.producer-id-expiration = 3650 d",
        "castalia.kafka.connections.send-buffer = 64 KiB",
        "castalia.kafka.port = \"9093\"",
        "castalia.kafka.advertised-port = ${castalia.admin.port}",
        "castalia.persistence.embedded-cassandra.yaml { concurrent_writes = 64, a.b = c }",
        "castalia.persistence.cassandra.replication { dc1 = 3, dc2 = \"3/1\" }",
        "castalia.processing.dispatcher.shutdown-timeout = 2s",
        "castalia.topic-registry.kafka { log.retention.hours = 24 }",
      })
  void shouldTakeWhatHasAMeaning(String line) throws IOException {
    SettingsFile file = SettingsFile.in(directory, line);

    assertThatCode(file::read).doesNotThrowAnyException();
  }

  @Test
  void shouldTakeMinusOneForNoAdminPort() throws IOException {
    NodeSettings settings = SettingsFile.in(directory, ADMIN_PORT + " = -1").read();

    assertThat(settings.admin().port()).isEqualTo(-1);
  }

  private static SettingKind kind(ConfigValue standard) {
    return SettingKind.of(standard);
  }
}
