package io.castalia.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.node.KeyStores;
import io.castalia.node.TestNode;
import io.castalia.persistence.cassandra.CassandraLogStore;
import io.castalia.persistence.cassandra.CassandraSettings;
import io.castalia.persistence.embedded.ChildSettings;
import io.castalia.persistence.embedded.EmbeddedCassandra;
import io.castalia.persistence.embedded.EmbeddedCassandraSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A node on a Cassandra that asks for a user, encrypts, and looks at clients' certificates. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredCassandraTest {
  private static final String SECTION = "castalia.persistence.cassandra.";
  private static final Duration SOON = Duration.ofSeconds(90);

  private Path directory = Path.of("");
  private KeyStores stores = new KeyStores(directory);
  private EmbeddedCassandra cassandra;

  @BeforeAll
  void startCassandra(@TempDir Path temporary) throws Exception {
    directory = temporary;
    stores = new KeyStores(temporary);
    stores.makeKey("server").makeTrust("trust-server", "server");
    stores.makeKey("client").makeTrust("trust-client", "client");
    stores.makeKey("stranger").makeTrust("trust-stranger", "stranger");
    Config yaml =
        ConfigFactory.parseMap(
            Map.of(
                "authenticator",
                "PasswordAuthenticator",
                "authorizer",
                "CassandraAuthorizer",
                "client_encryption_options.enabled",
                true,
                "client_encryption_options.optional",
                false,
                "client_encryption_options.require_client_auth",
                true,
                "client_encryption_options.keystore",
                stores.path("server").toString(),
                "client_encryption_options.keystore_password",
                KeyStores.PASSWORD,
                "client_encryption_options.truststore",
                stores.path("trust-client").toString(),
                "client_encryption_options.truststore_password",
                KeyStores.PASSWORD));
    cassandra =
        EmbeddedCassandra.start(
            EmbeddedCassandraSettings.in(directory.resolve("cassandra"))
                .withChild(new ChildSettings(yaml, List.of())));
    createRoles();
  }

  @AfterAll
  void stopCassandra() {
    cassandra.close();
  }

  @Test
  void shouldServeWithUserAndEncryption() {
    Map<String, Object> settings = good("served");
    settings.put(SECTION + "replication.class", "NetworkTopologyStrategy");
    settings.put(SECTION + "replication.datacenter1", 1);

    try (TestNode node = TestNode.start(directory.resolve("served"), settings)) {
      CommandLineRun run =
          CommandLineRun.of("topic", "create", "t", "--bootstrap", node.bootstrap());

      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void shouldRefuseAWrongPassword() {
    assertRefused(
        "password",
        "wrong",
        "refused user \"castalia\"",
        "set castalia.persistence.cassandra.username and .password");
  }

  @Test
  void shouldRefuseToGoWithoutAUser() {
    assertRefused("username", "", "expects a user and a password, but none is set");
  }

  @Test
  void shouldRefuseACertificateThatIsNotTrusted() {
    assertRefused(
        "tls.truststore",
        stores.path("trust-stranger").toString(),
        "no encrypted connection",
        "expected a certificate that is trusted",
        "tls.truststore");
  }

  @Test
  void shouldSayWhenItsOwnCertificateIsAbsentOrNotTrusted() {
    for (String own : List.of("", stores.path("stranger").toString())) {
      assertRefused("tls.keystore", own, "a client's certificate that it trusts", "tls.keystore");
    }
  }

  @Test
  void shouldRefuseAKeyStoreThatCannotBeRead() {
    assertRefused("tls.truststore-password", "wrong", "tls.truststore", "password was incorrect");
    assertRefused("tls.truststore", "/no/such/file", "\"/no/such/file\" is not one");
  }

  @Test
  void shouldSayThatTheOtherSideMayExpectEncryption() {
    Map<String, Object> settings = good("absent");
    settings.put(SECTION + "tls.enabled", false);
    settings.put(SECTION + "timeouts.connect", "2s");

    assertRefused(settings, "did not answer within 2 s", "is it running there, without TLS?");
  }

  @Test
  void shouldRefuseADataCentreThatHasNoNodes() {
    assertRefused(
        "local-datacenter",
        "dc9",
        "expected nodes in data centre \"dc9\"",
        "are in \"datacenter1\"",
        "local-datacenter");
  }

  @Test
  void shouldRefuseAnAbsentKeyspaceThatItMayNotCreate() {
    assertRefused(
        "schema.create",
        false,
        "keyspace \"absent\" has no Castalia schema",
        "create it with the CQL that \"castalia schema\" prints");
  }

  @Test
  void shouldRefuseAReplicationThatCassandraDoesNotKnow() {
    assertRefused("replication.class", "NoSuchStrategy", "NoSuchStrategy", "replication");
  }

  @Test
  void shouldSayWhichPermissionsItNeeds() {
    assertRefused(
        "username", "narrow", "has no CREATE permission", "on keyspace \"absent\" its user needs");
  }

  @Test
  void shouldRefuseTheSchemaOfAnotherVersion() {
    Map<String, Object> settings = good("other_version");
    CassandraLogStore.open(read(settings)).close();
    try (CqlSession session = connect()) {
      session.execute(
          "UPDATE other_version.schema_version SET version = 7 WHERE component = 'persistence'");
    }

    assertRefused(
        settings,
        "expected schema version 4 in keyspace \"other_version\", but it is 7",
        "keyspace");
  }

  /** All that is right, on a keyspace of its own. */
  private Map<String, Object> good(String keyspace) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(
        SECTION + "contact-points", List.of("127.0.0.1:" + cassandra.contactPoint().getPort()));
    settings.put(SECTION + "keyspace", keyspace);
    settings.put(SECTION + "username", "castalia");
    settings.put(SECTION + "password", "secret");
    settings.put(SECTION + "tls.enabled", true);
    settings.put(SECTION + "tls.truststore", stores.path("trust-server").toString());
    settings.put(SECTION + "tls.truststore-password", KeyStores.PASSWORD);
    settings.put(SECTION + "tls.keystore", stores.path("client").toString());
    settings.put(SECTION + "tls.keystore-password", KeyStores.PASSWORD);
    return settings;
  }

  private void assertRefused(String key, Object wrong, String... because) {
    Map<String, Object> settings = good("absent");
    settings.put(SECTION + key, wrong);
    assertRefused(settings, because);
  }

  /** Through the command line: one line says it, and the exit code is 1. */
  private void assertRefused(Map<String, Object> settings, String... because) {
    Path file = directory.resolve("refused.conf");
    try {
      Files.writeString(file, ConfigFactory.parseMap(settings).root().render());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CommandLineRun run =
        CommandLineRun.of(
            "start",
            "--config",
            file.toString(),
            "--data",
            directory.resolve("refused").toString(),
            "--kafka-port",
            "0");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines().filter(line -> line.startsWith("castalia: ")))
        .singleElement()
        .asString()
        .contains(because);
    assertThat(run.err()).doesNotContain("secret", KeyStores.PASSWORD).hasLineCount(2);
  }

  private static CassandraSettings read(Map<String, Object> settings) {
    return CassandraSettings.from(
        ConfigFactory.parseMap(settings)
            .withFallback(ConfigFactory.load())
            .getConfig("castalia.persistence.cassandra"));
  }

  /** The superuser appears a moment after the first start. */
  private void createRoles() {
    await().atMost(SOON).ignoreExceptions().untilAsserted(() -> connect().close());
    try (CqlSession session = connect()) {
      session.execute("CREATE ROLE castalia WITH PASSWORD = 'secret' AND LOGIN = true");
      session.execute("GRANT CREATE ON ALL KEYSPACES TO castalia");
      session.execute("CREATE ROLE narrow WITH PASSWORD = 'secret' AND LOGIN = true");
    }
  }

  private CqlSession connect() {
    try {
      return CqlSession.builder()
          .addContactPoint(cassandra.contactPoint())
          .withLocalDatacenter("datacenter1")
          .withAuthCredentials("cassandra", "cassandra")
          .withSslContext(ofClient())
          .withConfigLoader(CassandraTables.patient())
          .build();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private SSLContext ofClient() throws Exception {
    char[] password = KeyStores.PASSWORD.toCharArray();
    KeyStore trusted = KeyStore.getInstance(stores.path("trust-server").toFile(), password);
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(KeyStore.getInstance(stores.path("client").toFile(), password), password);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), factory.getTrustManagers(), null);
    return context;
  }
}
