package io.castalia.streams.connect;

import static io.castalia.streams.connect.RegistryRequests.ABSENT;
import static io.castalia.streams.connect.RegistryRequests.LOGIC;
import static io.castalia.streams.connect.RegistryRequests.changing;
import static io.castalia.streams.connect.RegistryRequests.complaint;
import static io.castalia.streams.connect.RegistryRequests.creating;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.streams.connect.RegistryEvent.Configured;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Passwords in configurations of connectors are used, and shown to nobody. */
class ConnectorSecretsTest {
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
    return LOGIC.describe(definition, task -> Optional.empty()).config();
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

    assertThat(LOGIC.decide(KNOWS_SECRETS, changing("c", changed)).event())
        .contains(new Configured("c", meant, 3));
  }

  @Test
  void shouldRefuseSecretsThatNobodyHasTold() {
    assertThat(complaint(creating("d", shown()), KNOWS_SECRETS))
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

    assertThat(complaint(creating("c", blank), ABSENT))
        .endsWith("\"connection.password\": expected a text, but it was \"[hidden]\"");
  }
}
