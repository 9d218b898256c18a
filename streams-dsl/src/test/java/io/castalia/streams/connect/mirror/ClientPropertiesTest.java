package io.castalia.streams.connect.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.streams.connect.ConnectorConfig;
import io.castalia.streams.connect.ConnectorConfigException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientPropertiesTest {

  private static ConnectorConfig config(String... keysAndValues) {
    Map<String, String> values = new HashMap<>(Map.of("mirror.bootstrap.servers", "host:9092"));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put("mirror.client." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return new ConnectorConfig("c", values);
  }

  @Test
  void shouldHandOnWhatTheConfigurationGives() {
    ConnectorConfig config = config("security.protocol", "SASL_SSL", "fetch.max.wait.ms", "7");

    assertThatCode(() -> ClientProperties.CONSUMER.check(config)).doesNotThrowAnyException();
    assertThat(ClientProperties.CONSUMER.of(config, "c-0"))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("fetch.max.wait.ms", "7")
        .containsEntry("bootstrap.servers", "host:9092")
        .containsEntry("client.id", "castalia-c-0")
        .containsEntry("isolation.level", "read_committed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "acks | 0 | expected a property that a mirror leaves open, but it sets all of [acks, ",
        "client.id | x | expected a property that a mirror leaves open, but it sets all of [acks, ",
        "isolation.level | x | expected a property of Kafka's producer behind \"mirror.client.\"",
        "linger.ms | soon | Invalid value soon for configuration linger.ms: Not a number of type"
            + " LONG",
      })
  void shouldSayWhyAPropertyIsNotHandedOn(String property, String value, String message) {
    assertThatThrownBy(() -> ClientProperties.PRODUCER.check(config(property, value)))
        .isInstanceOf(ConnectorConfigException.class)
        .hasMessageStartingWith("\"mirror.client." + property + "\": " + message);
  }

  @Test
  void shouldNameAllThatIsWrong() {
    assertThatThrownBy(
            () ->
                ClientProperties.CONSUMER.check(
                    config("linger.ms", "5", "security.protocol", "TELEX")))
        .hasMessageContaining("\"mirror.client.linger.ms\": ")
        .hasMessageContaining("\"mirror.client.security.protocol\": ");
  }

  @Test
  void shouldHideWhatKafkaHides() {
    assertThat(
            List.of(
                "sasl.jaas.config",
                "ssl.key.password",
                "ssl.keystore.key",
                "ssl.keystore.password",
                "ssl.truststore.password",
                "sasl.oauthbearer.client.credentials.client.secret"))
        .allMatch(ClientProperties::isSecret);
    assertThat(List.of("security.protocol", "ssl.truststore.location", "linger.ms", "no.such"))
        .noneMatch(ClientProperties::isSecret);
  }
}
