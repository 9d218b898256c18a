package io.castalia.node.cli;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.castalia.node.TestNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tables of a service's own, in the keyspace {@code shop} of the Cassandra that a node has. */
final class CassandraTables implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String contactPoint;
  private final CqlSession session;

  private CassandraTables(String contactPoint, CqlSession session) {
    this.contactPoint = contactPoint;
    this.session = session;
  }

  static CassandraTables of(TestNode node) {
    String contactPoint =
        node.system()
            .settings()
            .config()
            .getStringList("castalia.persistence.cassandra.contact-points")
            .get(0);
    int port = Integer.parseInt(contactPoint.substring(contactPoint.lastIndexOf(':') + 1));
    CassandraTables tables =
        new CassandraTables(
            contactPoint,
            CqlSession.builder()
                .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .withLocalDatacenter("datacenter1")
                .withConfigLoader(patient())
                .build());
    tables.run(
        "CREATE KEYSPACE IF NOT EXISTS shop WITH replication ="
            + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
    return tables;
  }

  /** What a session needs on a busy machine, where statements that change the schema take long. */
  static DriverConfigLoader patient() {
    return DriverConfigLoader.programmaticBuilder()
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, PATIENCE)
        .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, PATIENCE)
        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, PATIENCE)
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, PATIENCE)
        .build();
  }

  void run(String cql) {
    session.execute(cql);
  }

  /** All rows of a table as JSON, in the order of tokens. */
  List<String> rows(String table) {
    return session.execute("SELECT JSON * FROM " + table).map(row -> row.getString(0)).all();
  }

  /** The configuration of a connector of one of the tables. */
  Map<String, String> connector(String type, String table, Map<String, String> more) {
    Map<String, String> config = new HashMap<>(more);
    config.put("connector.class", type);
    config.put("cassandra.contact.points", contactPoint);
    config.put("cassandra.table", table);
    return config;
  }

  @Override
  public void close() {
    session.close();
  }
}
