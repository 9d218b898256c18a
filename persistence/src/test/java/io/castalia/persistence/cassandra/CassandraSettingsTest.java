package io.castalia.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CassandraSettingsTest {
  @Test
  void shouldReplicateOnceUnlessToldOtherwise() {
    assertThat(Schema.cql(settings("")))
        .contains("{'class': 'NetworkTopologyStrategy', 'replication_factor': '1'}");
  }

  @Test
  void shouldReplicateInTheNamedDataCentresOnly() {
    assertThat(Schema.cql(settings("replication { dc1 = 3, dc2 = 2 }")))
        .contains("{'class': 'NetworkTopologyStrategy', 'dc1': '3', 'dc2': '2'}");
  }

  @Test
  void shouldWriteTheVersionAlikeInEveryLocale() {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      assertThat(Schema.version("k")).endsWith(", " + Schema.VERSION + ")");
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void shouldReadContactPoints() {
    CassandraSettings settings =
        settings("contact-points = [\"10.0.0.1\", \"db.example:9043\", \"[::1]:9044\"]");

    assertThat(settings.contactPointsText()).isEqualTo("10.0.0.1:9042, db.example:9043, ::1:9044");
  }

  @Test
  void shouldRefuseWhatIsNoContactPointOrKeyspace() {
    assertThatThrownBy(() -> settings("contact-points = [\"host:port\"]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("castalia.persistence.cassandra.contact-points to be like")
        .hasMessageContaining("\"host:port\"");
    assertThatThrownBy(() -> settings("contact-points = [\":9042\"]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\":9042\"");
    assertThatThrownBy(() -> settings("keyspace = \"no-such\""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"no-such\"");
  }

  @Test
  void shouldRefuseWhatIsNoNumberOfReplicas() {
    assertThatThrownBy(() -> settings("replication { dc1 = many }"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("castalia.persistence.cassandra.replication.dc1")
        .hasMessageContaining("\"many\"");
  }

  @Test
  void shouldNeverPrintAPassword() {
    CassandraSettings settings =
        settings(
            "username = u, password = hidden, tls { truststore = t, truststore-password = hidden"
                + " }");

    assertThat(settings.toString()).contains("username=u").doesNotContain("hidden");
  }

  private static CassandraSettings settings(String overrides) {
    return CassandraSettings.from(
        ConfigFactory.parseString(overrides)
            .withFallback(ConfigFactory.load().getConfig("castalia.persistence.cassandra")));
  }
}
