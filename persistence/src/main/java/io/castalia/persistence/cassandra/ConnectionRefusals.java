package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.InvalidConfigurationInQueryException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** Tells which setting a Cassandra that is there does not go with. */
final class ConnectionRefusals {
  private static final String SECTION = "castalia.persistence.cassandra.";

  /** Netty's words for a handshake that ended with the connection: that may pass by itself. */
  private static final String CLOSED = "Connection closed while";

  private final CassandraSettings settings;
  private final String where;

  ConnectionRefusals(CassandraSettings settings) {
    this.settings = settings;
    this.where = "Cassandra at " + settings.contactPointsText();
  }

  /** What the failure says of the settings; empty if it says nothing of them. */
  Optional<CassandraSettingsException> read(RuntimeException failure) {
    return authentication(failure)
        .or(() -> encryption(failure))
        .or(() -> permission(failure))
        .or(() -> replication(failure))
        .map(text -> new CassandraSettingsException(text, failure));
  }

  /**
   * Whether any node is where requests go.
   *
   * @throws CassandraSettingsException if none is
   */
  void checkDatacenter(CqlSession session) {
    TreeSet<String> found =
        session.getMetadata().getNodes().values().stream()
            .map(Node::getDatacenter)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!found.contains(settings.localDatacenter())) {
      throw new CassandraSettingsException(
          "expected nodes in data centre \"%s\", but those of %s are in %s; set %slocal-datacenter"
              .formatted(
                  settings.localDatacenter(),
                  where,
                  found.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", ")),
                  SECTION));
    }
  }

  private Optional<String> authentication(RuntimeException failure) {
    return DriverCauses.find(failure, AuthenticationException.class)
        .map(
            refused ->
                settings
                    .credentials()
                    .map(
                        user ->
                            "%s refused user \"%s\" (%s); set %susername and .password"
                                .formatted(
                                    where,
                                    user.username(),
                                    DriverCauses.rootText(refused),
                                    SECTION))
                    .orElse(
                        "%s expects a user and a password, but none is set; set %susername and .password"
                            .formatted(where, SECTION)));
  }

  private Optional<String> encryption(RuntimeException failure) {
    return DriverCauses.find(failure, SSLException.class)
        .map(DriverCauses::rootText)
        .filter(text -> !text.startsWith(CLOSED))
        .map(
            text ->
                "no encrypted connection to %s (%s); %s".formatted(where, text, tlsAdvice(text)));
  }

  private static String tlsAdvice(String text) {
    String tls = SECTION + "tls.";
    if (text.contains("not an SSL/TLS record")) {
      return "it does not speak TLS: set " + tls + "enabled = off";
    }
    if (text.contains("fatal alert")) {
      return "expected by it: a client's certificate that it trusts; set " + tls + "keystore";
    }
    if (text.contains("No subject alternative") || text.contains("No name matching")) {
      return "its certificate must name the contact point, or set "
          + tls
          + "hostname-validation = off";
    }
    return "expected a certificate that is trusted; set " + tls + "truststore";
  }

  private Optional<String> permission(RuntimeException failure) {
    return DriverCauses.find(failure, UnauthorizedException.class)
        .map(
            refused ->
                "%s denied a permission (%s); on keyspace \"%s\" its user needs CREATE (unless the"
                        .formatted(where, refused.getMessage(), settings.keyspace())
                    + " schema is there), SELECT and MODIFY");
  }

  private Optional<String> replication(RuntimeException failure) {
    return DriverCauses.find(failure, InvalidConfigurationInQueryException.class)
        .map(
            refused ->
                "%s refused to make keyspace \"%s\" (%s); set %sreplication"
                    .formatted(where, settings.keyspace(), refused.getMessage(), SECTION));
  }
}
