package io.castalia.persistence.embedded;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an embedded Cassandra running: when it ends by itself it is started again on the same port,
 * at once and then ever later, until it is closed.
 */
public final class EmbeddedCassandraSupervisor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCassandraSupervisor.class);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(30);

  /** A Cassandra that ran this long was well: the next failure is a first one again. */
  private static final Duration WELL_AFTER = Duration.ofMinutes(1);

  private final EmbeddedCassandraSettings settings;
  private final ScheduledExecutorService executor;

  /** Held while a Cassandra is being started; taken before the monitor of this object. */
  private final Object starting = new Object();

  private EmbeddedCassandra current;
  private long startedAt;
  private int failures;
  private boolean closed;

  private EmbeddedCassandraSupervisor(EmbeddedCassandraSettings settings, EmbeddedCassandra first) {
    this.settings = settings.withPort(first.contactPoint().getPort());
    this.current = first;
    this.startedAt = System.nanoTime();
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "embedded-cassandra-supervisor");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts Cassandra and blocks until it takes connections. This first start is not repeated.
   *
   * @throws EmbeddedCassandraException if it cannot start
   */
  public static EmbeddedCassandraSupervisor start(EmbeddedCassandraSettings settings) {
    EmbeddedCassandraSupervisor supervisor =
        new EmbeddedCassandraSupervisor(settings, EmbeddedCassandra.start(settings));
    supervisor.watch(supervisor.current);
    return supervisor;
  }

  /** Where drivers connect to; the same after every restart. */
  public InetSocketAddress contactPoint() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port());
  }

  /** The process id of the Cassandra that runs now or ran last. */
  public synchronized long pid() {
    return current.pid();
  }

  /** Stops Cassandra for good. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      executor.shutdownNow();
    }
    // Waits for a start that is under way: it sees the interrupt and gives up.
    synchronized (starting) {
      current.close();
    }
  }

  private void watch(EmbeddedCassandra cassandra) {
    CompletionStage<Void> unused = cassandra.exit().thenAccept(this::ended);
  }

  private synchronized void ended(int exitCode) {
    if (closed) {
      return;
    }
    boolean wasWell = System.nanoTime() - startedAt > WELL_AFTER.toNanos();
    failures = wasWell ? 1 : failures + 1;
    Duration backoff = backoff(failures);
    LOG.warn(
        "embedded Cassandra ended with exit code {}, starting it again in {} ms",
        exitCode,
        backoff.toMillis());
    ScheduledFuture<?> unused =
        executor.schedule(this::restart, backoff.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void restart() {
    synchronized (starting) {
      // Gives the data directory free for the next one.
      current.close();
      try {
        EmbeddedCassandra next = EmbeddedCassandra.start(settings);
        adopt(next);
      } catch (EmbeddedCassandraException e) {
        LOG.error("embedded Cassandra did not start again: {}", e.getMessage());
        ended(-1);
      }
    }
  }

  private synchronized void adopt(EmbeddedCassandra next) {
    current = next;
    startedAt = System.nanoTime();
    watch(next);
  }

  /** Nothing at the first failure, then 1, 2, 4 seconds and so on. */
  private static Duration backoff(int failures) {
    if (failures <= 1) {
      return Duration.ZERO;
    }
    Duration doubled = Duration.ofSeconds(1L << Math.min(failures - 2, 10));
    return doubled.compareTo(MAX_BACKOFF) < 0 ? doubled : MAX_BACKOFF;
  }
}
