package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.castalia.persistence.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects, waiting for a Cassandra that is not there yet. */
final class CassandraConnection {
  private static final Logger LOG = LoggerFactory.getLogger(CassandraConnection.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private CassandraConnection() {}

  /**
   * Blocks until there is a session with the schema in place.
   *
   * @throws StoreUnavailableException if Cassandra did not answer in {@code timeouts.connect}
   * @throws SchemaException if the schema is not the one expected
   */
  static CqlSession open(CassandraSettings settings) {
    long deadline = System.nanoTime() + settings.timeouts().connect().toNanos();
    while (true) {
      try {
        return connect(settings);
      } catch (RuntimeException e) {
        if (!StoreFailures.isPassing(e)) {
          throw e;
        }
        waitOrGiveUp(settings, deadline, e);
      }
    }
  }

  private static CqlSession connect(CassandraSettings settings) {
    CqlSession session =
        CqlSession.builder()
            .withConfigLoader(DriverOptions.loader(settings))
            .addContactPoints(settings.resolvedContactPoints())
            .withLocalDatacenter(settings.localDatacenter())
            .build();
    try {
      new SchemaCheck(session, settings).ensure();
      DurabilityReport.log(session);
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static void waitOrGiveUp(
      CassandraSettings settings, long deadline, RuntimeException failure) {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new StoreUnavailableException(
          "Cassandra at "
              + settings.contactPoints()
              + " did not answer within "
              + settings.timeouts().connect().toSeconds()
              + " s: "
              + failure.getMessage(),
          failure);
    }
    LOG.warn(
        "Cassandra at {} does not answer yet, trying for {} s more: {}",
        settings.contactPoints(),
        TimeUnit.NANOSECONDS.toSeconds(left),
        failure.getMessage());
    try {
      Thread.sleep(Math.min(RETRY_AFTER.toMillis(), TimeUnit.NANOSECONDS.toMillis(left) + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for Cassandra", e);
    }
  }
}
