package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.castalia.persistence.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Connects, waiting for a Cassandra that is not there yet. */
final class CassandraConnection {
  private static final Logger LOG = LoggerFactory.getLogger(CassandraConnection.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private CassandraConnection() {}

  /**
   * Blocks until there is a session with the schema in place.
   *
   * @throws StoreUnavailableException if Cassandra did not answer in {@code timeouts.connect}
   * @throws CassandraSettingsException if the settings do not fit the Cassandra that answers
   * @throws SchemaException if the schema is not the one expected
   */
  static CqlSession open(CassandraSettings settings) {
    KeyMaterialCheck.check(settings.tls());
    ConnectionRefusals refusals = new ConnectionRefusals(settings);
    long deadline = System.nanoTime() + settings.timeouts().connect().toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        return connect(settings, refusals);
      } catch (RuntimeException e) {
        refusals.read(e).ifPresent(CassandraConnection::refuse);
        if (!StoreFailures.isPassing(e)) {
          throw e;
        }
        waitOrGiveUp(settings, deadline, attempt, e);
      }
    }
  }

  private static void refuse(CassandraSettingsException refusal) {
    throw refusal;
  }

  private static CqlSession connect(CassandraSettings settings, ConnectionRefusals refusals) {
    CqlSession session =
        CqlSession.builder()
            .withConfigLoader(DriverOptions.loader(settings))
            .addContactPoints(settings.resolvedContactPoints())
            .withLocalDatacenter(settings.localDatacenter())
            .build();
    try {
      refusals.checkDatacenter(session);
      new SchemaCheck(session, settings).ensure();
      DurabilityReport.log(session);
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static void waitOrGiveUp(
      CassandraSettings settings, long deadline, int attempt, RuntimeException failure) {
    long left = deadline - System.nanoTime();
    String where = settings.contactPointsText();
    String why = DriverCauses.rootText(failure);
    if (left <= 0) {
      throw new StoreUnavailableException(
          "Cassandra at %s did not answer within %d s (%s); is it running there, with%s TLS?"
              .formatted(
                  where,
                  settings.timeouts().connect().toSeconds(),
                  why,
                  settings.tls().enabled() ? "" : "out"),
          failure);
    }
    // Once is enough for an operator; the rest is for who looks closely.
    Level level = attempt == 1 ? Level.WARN : Level.DEBUG;
    LOG.atLevel(level)
        .log(
            "Cassandra at {} does not answer yet, trying for {} s more: {}",
            where,
            TimeUnit.NANOSECONDS.toSeconds(left),
            why);
    try {
      Thread.sleep(Math.min(RETRY_AFTER.toMillis(), TimeUnit.NANOSECONDS.toMillis(left) + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for Cassandra", e);
    }
  }
}
