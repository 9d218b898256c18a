package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import java.time.Duration;
import java.util.List;

/**
 * How the driver is set up. Every request is at quorum and none is downgraded; a failed one comes
 * back soon rather than being retried for long, because the journal retries with more knowledge.
 */
final class DriverOptions {
  /** Pages of payload. */
  static final String BULK_READ = "bulk-read";

  /** Conditional writes and linearizable reads. */
  static final String COMPARE_AND_SET = "compare-and-set";

  /** Changes of the schema, which wait for all nodes to agree. */
  static final String SCHEMA = "schema";

  private static final Duration SCHEMA_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(5);
  private static final Duration RECONNECT_AFTER = Duration.ofMillis(100);
  private static final Duration RECONNECT_AT_MOST_AFTER = Duration.ofSeconds(2);

  /** Large frames on one connection would hold up the small verifying reads behind them. */
  private static final int CONNECTIONS_PER_NODE = 4;

  private DriverOptions() {}

  static DriverConfigLoader loader(CassandraSettings settings) {
    ProgrammaticDriverConfigLoaderBuilder builder = DriverConfigLoader.programmaticBuilder();
    requests(builder, settings.timeouts());
    connections(builder);
    builder
        .withString(DefaultDriverOption.SESSION_NAME, "castalia")
        // Waiting two seconds for stragglers at close is for sessions that others still use.
        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
        .withStringList(
            DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES, List.of(settings.keyspace()));
    settings.credentials().ifPresent(user -> authentication(builder, user));
    if (settings.tls().enabled()) {
      encryption(builder, settings.tls());
    }
    return builder.build();
  }

  private static void requests(
      ProgrammaticDriverConfigLoaderBuilder builder, CassandraTimeouts timeouts) {
    builder
        .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
        .withString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, "LOCAL_SERIAL")
        .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, timeouts.request())
        .startProfile(BULK_READ)
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, timeouts.bulkRead())
        .startProfile(COMPARE_AND_SET)
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, timeouts.compareAndSet())
        .startProfile(SCHEMA)
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, SCHEMA_TIMEOUT)
        .endProfile();
  }

  private static void connections(ProgrammaticDriverConfigLoaderBuilder builder) {
    builder
        .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, CONNECTION_TIMEOUT)
        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, CONNECTION_TIMEOUT)
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, CONNECTION_TIMEOUT)
        .withDuration(DefaultDriverOption.HEARTBEAT_INTERVAL, HEARTBEAT_INTERVAL)
        .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, CONNECTION_TIMEOUT)
        .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, RECONNECT_AFTER)
        .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, RECONNECT_AT_MOST_AFTER)
        // One warning for each attempt on a Cassandra that is away would flood the log.
        .withBoolean(DefaultDriverOption.CONNECTION_WARN_INIT_ERROR, false)
        .withInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE, CONNECTIONS_PER_NODE);
  }

  private static void authentication(
      ProgrammaticDriverConfigLoaderBuilder builder, Credentials user) {
    builder
        .withString(DefaultDriverOption.AUTH_PROVIDER_CLASS, "PlainTextAuthProvider")
        .withString(DefaultDriverOption.AUTH_PROVIDER_USER_NAME, user.username())
        .withString(DefaultDriverOption.AUTH_PROVIDER_PASSWORD, user.password());
  }

  private static void encryption(ProgrammaticDriverConfigLoaderBuilder builder, TlsSettings tls) {
    builder
        .withString(DefaultDriverOption.SSL_ENGINE_FACTORY_CLASS, "DefaultSslEngineFactory")
        .withBoolean(DefaultDriverOption.SSL_HOSTNAME_VALIDATION, tls.hostnameValidation())
        // An address is what it is: the name that the domain name service has for it may be forged.
        .withBoolean(DefaultDriverOption.SSL_ALLOW_DNS_REVERSE_LOOKUP_SAN, false);
    tls.truststore()
        .ifPresent(
            store ->
                builder
                    .withString(DefaultDriverOption.SSL_TRUSTSTORE_PATH, store.path())
                    .withString(DefaultDriverOption.SSL_TRUSTSTORE_PASSWORD, store.password()));
    tls.keystore()
        .ifPresent(
            store ->
                builder
                    .withString(DefaultDriverOption.SSL_KEYSTORE_PATH, store.path())
                    .withString(DefaultDriverOption.SSL_KEYSTORE_PASSWORD, store.password()));
  }
}
