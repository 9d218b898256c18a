package io.castalia.persistence.cassandra;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which Cassandra to use and how; read from {@code castalia.persistence.cassandra}.
 *
 * @param contactPoints where the driver first connects to
 * @param localDatacenter the data centre whose quorum counts
 * @param keyspace holds all tables; a plain lower-case name
 * @param replication the keyspace's replication, as CQL's map
 * @param credentials none: connect without authentication
 * @param createSchema whether keyspace and tables are created when they are absent
 */
public record CassandraSettings(
    List<InetSocketAddress> contactPoints,
    String localDatacenter,
    String keyspace,
    Map<String, String> replication,
    Optional<Credentials> credentials,
    TlsSettings tls,
    CassandraTimeouts timeouts,
    boolean createSchema) {

  private static final String SECTION = "castalia.persistence.cassandra.";
  private static final int DEFAULT_PORT = 9042;
  private static final String REPLICATION_FACTOR = "replication_factor";
  private static final Set<String> REPLICATION_BASICS = Set.of("class", REPLICATION_FACTOR);
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");

  public CassandraSettings {
    contactPoints = List.copyOf(contactPoints);
    // Sorted, so that the printed schema is the same every time.
    replication = Collections.unmodifiableMap(new TreeMap<>(replication));
    if (!NAME.matcher(keyspace).matches()) {
      throw new IllegalArgumentException(
          "expected %skeyspace to be a name like \"castalia\" (lower-case letters, digits and _, at"
                  .formatted(SECTION)
              + " most 48), but it was \"%s\"".formatted(keyspace));
    }
  }

  /**
   * Reads and checks the settings.
   *
   * @param config the section {@code castalia.persistence.cassandra}
   * @throws com.typesafe.config.ConfigException if a key is missing or of the wrong type
   */
  public static CassandraSettings from(Config config) {
    return new CassandraSettings(
        config.getStringList("contact-points").stream().map(CassandraSettings::address).toList(),
        config.getString("local-datacenter"),
        config.getString("keyspace"),
        replication(config.getConfig("replication")),
        credentials(config),
        TlsSettings.from(config.getConfig("tls")),
        CassandraTimeouts.from(config.getConfig("timeouts")),
        config.getBoolean("schema.create"));
  }

  /** The same settings with other contact points, such as those of an embedded Cassandra. */
  public CassandraSettings withContactPoints(List<InetSocketAddress> others) {
    return new CassandraSettings(
        others, localDatacenter, keyspace, replication, credentials, tls, timeouts, createSchema);
  }

  /** The same settings in another keyspace. */
  public CassandraSettings withKeyspace(String other) {
    return new CassandraSettings(
        contactPoints,
        localDatacenter,
        other,
        replication,
        credentials,
        tls,
        timeouts,
        createSchema);
  }

  /** The same settings with or without creation of an absent schema. */
  public CassandraSettings withCreateSchema(boolean create) {
    return new CassandraSettings(
        contactPoints, localDatacenter, keyspace, replication, credentials, tls, timeouts, create);
  }

  /** The contact points as the configuration has them. */
  String contactPointsText() {
    return contactPoints.stream()
        .map(point -> point.getHostString() + ":" + point.getPort())
        .collect(Collectors.joining(", "));
  }

  /** Looked up anew at each attempt to connect: names may move. */
  List<InetSocketAddress> resolvedContactPoints() {
    return contactPoints.stream()
        .map(point -> new InetSocketAddress(point.getHostString(), point.getPort()))
        .toList();
  }

  private static InetSocketAddress address(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    boolean hasPort = colon >= 0 && !hostAndPort.endsWith("]");
    String host = hasPort ? hostAndPort.substring(0, colon) : hostAndPort;
    try {
      if (host.isBlank()) {
        throw new IllegalArgumentException("no host");
      }
      int port = hasPort ? Integer.parseInt(hostAndPort.substring(colon + 1)) : DEFAULT_PORT;
      return InetSocketAddress.createUnresolved(host.replaceAll("[\\[\\]]", ""), port);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected %scontact-points to be like \"10.0.0.1:9042\", but one was \"%s\""
              .formatted(SECTION, hostAndPort),
          e);
    }
  }

  /** Where data centres are named, the default factor, which would be for all others, is none. */
  private static Map<String, String> replication(Config config) {
    Map<String, String> options = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> option : config.root().entrySet()) {
      options.put(option.getKey(), String.valueOf(option.getValue().unwrapped()));
    }
    if (!REPLICATION_BASICS.containsAll(options.keySet())) {
      options.remove(REPLICATION_FACTOR);
    }
    options.forEach(CassandraSettings::checkReplication);
    return options;
  }

  /** How many replicas, and with a slash how many of them are transient. */
  private static void checkReplication(String name, String value) {
    if (!name.equals("class") && !value.matches("\\d+(/\\d+)?")) {
      throw new IllegalArgumentException(
          "expected %sreplication.%s to be a number of replicas, but it was \"%s\""
              .formatted(SECTION, name, value));
    }
  }

  private static Optional<Credentials> credentials(Config config) {
    String username = config.getString("username");
    return username.isEmpty()
        ? Optional.empty()
        : Optional.of(new Credentials(username, config.getString("password")));
  }
}
