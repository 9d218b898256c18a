package io.castalia.persistence.embedded;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps an embedded Cassandra running: when it ends by itself it is started again on the same port,
 * at once and then ever later, until it is closed. While its disk has no room left, it is kept
 * stopped.
 */
public final class EmbeddedCassandraSupervisor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCassandraSupervisor.class);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(30);
  private static final Duration LOOK_AT_DISK_EVERY = Duration.ofMillis(250);
  private static final Duration WITHOUT_ROOM = Duration.ofSeconds(1);

  /** A Cassandra that ran this long was well: the next failure is a first one again. */
  private static final Duration WELL_AFTER = Duration.ofMinutes(1);

  private final EmbeddedCassandraSettings settings;
  private final ScheduledExecutorService executor;
  private final DiskWatch disk;

  /** Held while a Cassandra is being started; taken before the monitor of this object. */
  private final Object starting = new Object();

  private EmbeddedCassandra current;
  private long startedAt;
  private int failures;
  private String lastComplaint = "";
  private boolean running;
  private long restarts;
  private boolean closed;

  private EmbeddedCassandraSupervisor(EmbeddedCassandraSettings settings, EmbeddedCassandra first) {
    this.settings = settings.withPort(first.contactPoint().getPort());
    this.current = first;
    this.startedAt = System.nanoTime();
    this.disk =
        new DiskWatch(
            settings.diskReserve(),
            List.of(settings.dataDirectory(), settings.commitLogDirectory()));
    this.executor =
        Executors.newScheduledThreadPool(
            2,
            work -> {
              Thread thread = new Thread(work, "embedded-cassandra-supervisor");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts Cassandra and does not wait for it: {@link #awaitReady} does.
   *
   * @throws EmbeddedCassandraException if there is something that it could not start with
   */
  public static EmbeddedCassandraSupervisor launch(EmbeddedCassandraSettings settings) {
    return new EmbeddedCassandraSupervisor(settings, EmbeddedCassandra.launch(settings));
  }

  /**
   * Blocks until the Cassandra that was launched takes connections, and keeps it running from then
   * on. This first start is not repeated. To be called once.
   *
   * @throws EmbeddedCassandraException if it cannot start
   */
  public void awaitReady() {
    EmbeddedCassandra first = current();
    first.awaitReady();
    ready(first);
    watchDisk();
  }

  /** Where drivers connect to; the same after every restart. */
  public InetSocketAddress contactPoint() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port());
  }

  /** The process id of the Cassandra that runs now or ran last. */
  public synchronized long pid() {
    return current.pid();
  }

  /** Whether there is so little free space that no new records should be taken. Never waits. */
  public boolean isShortOfSpace() {
    return disk.room() != DiskRoom.AMPLE;
  }

  /** The free bytes of the fuller of its disks, if it has been looked at. Never waits. */
  public OptionalLong freeBytes() {
    return disk.freeBytes();
  }

  /** Whether it takes connections, as far as is known. */
  public synchronized boolean isRunning() {
    return running;
  }

  /** How often it was started again after it had ended by itself. */
  public synchronized long restarts() {
    return restarts;
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

  /** From now on it is started again if it ends. */
  private synchronized void ready(EmbeddedCassandra cassandra) {
    running = true;
    CompletionStage<Void> unused = cassandra.exit().thenAccept(this::ended);
  }

  private void watchDisk() {
    disk.look();
    long period = LOOK_AT_DISK_EVERY.toMillis();
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(this::lookAtDisk, period, period, TimeUnit.MILLISECONDS);
  }

  private void lookAtDisk() {
    try {
      if (disk.look() == DiskRoom.NONE) {
        current().end();
      }
    } catch (RuntimeException e) {
      // The next look may tell.
      LOG.warn("could not look at the disk of the embedded Cassandra", e);
    }
  }

  private synchronized EmbeddedCassandra current() {
    return current;
  }

  private synchronized void ended(int exitCode) {
    running = false;
    if (closed) {
      return;
    }
    if (disk.room() != DiskRoom.NONE) {
      LOG.warn("embedded Cassandra ended with exit code {}, starting it again", exitCode);
    }
    if (System.nanoTime() - startedAt > WELL_AFTER.toNanos()) {
      failures = 0;
    }
    restartLater();
  }

  private synchronized void restartLater() {
    if (closed) {
      return;
    }
    Duration pause = WITHOUT_ROOM;
    if (disk.room() != DiskRoom.NONE) {
      failures++;
      pause = backoff(failures);
    }
    ScheduledFuture<?> unused =
        executor.schedule(this::restart, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void restart() {
    if (disk.room() == DiskRoom.NONE) {
      restartLater();
      return;
    }
    synchronized (starting) {
      // Gives the data directory free for the next one.
      current.close();
      try {
        EmbeddedCassandra next = EmbeddedCassandra.start(settings);
        adopt(next);
      } catch (EmbeddedCassandraException e) {
        complain(String.valueOf(e.getMessage()));
        restartLater();
      }
    }
  }

  /** Once for each reason: it is tried again until it works. */
  private void complain(String reason) {
    Level level = reason.equals(lastComplaint) ? Level.DEBUG : Level.ERROR;
    LOG.atLevel(level).log("embedded Cassandra did not start again: {}", reason);
    lastComplaint = reason;
  }

  private synchronized void adopt(EmbeddedCassandra next) {
    current = next;
    lastComplaint = "";
    startedAt = System.nanoTime();
    restarts++;
    ready(next);
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
