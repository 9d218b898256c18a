package io.castalia.persistence.embedded.child;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.time.Duration;
import java.util.List;

/**
 * Runs Cassandra for as long as the parent process lives. The parent holds the other end of
 * standard input: however it ends, kill -9 included, the system closes it, and this process stops.
 *
 * <p>It stops at once and flushes no table: what Cassandra acknowledged is in its commit log, which
 * is synced first, for the mode in which that is not done before acknowledgements.
 */
public final class CassandraChild {
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(2);
  private static final int EXIT_LOCKED = 4;

  /** How often to look whether there is space to reclaim, as a system property. */
  private static final String LOOK_MILLIS = "castalia.reclaim.look-millis";

  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  private static volatile boolean running;

  private CassandraChild() {}

  /** All that the child process needs beside Cassandra. */
  public static List<Class<?>> classes() {
    return List.of(
        ArchiveMaker.class,
        CassandraChild.class,
        SpaceReclaimer.class,
        ReclaimRule.class,
        EntryTable.class,
        EntryFile.class,
        Deletions.class,
        Deletion.class,
        TimerSlack.class);
  }

  /**
   * Runs until standard input ends.
   *
   * @param args the file to lock while Cassandra runs; the bytes of free space that are ample
   */
  public static void main(String[] args) throws Exception {
    stopWithParent();
    TimerSlack.set(TimerSlack.wanted());
    try (RandomAccessFile file = new RandomAccessFile(args[0], "rw")) {
      lock(file);
      // Named, not linked: this class is compiled without Cassandra.
      Class.forName("org.apache.cassandra.service.CassandraDaemon")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
      running = true;
      Duration lookEvery = Duration.ofMillis(Long.getLong(LOOK_MILLIS, LOOK_EVERY.toMillis()));
      new SpaceReclaimer(lookEvery, new File(args[0]), Long.parseLong(args[1])).start();
      Thread.currentThread().join();
    }
  }

  private static void stopWithParent() {
    Thread watcher =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                System.err.println("standard input: " + e);
              }
              if (running) {
                syncCommitLog();
              }
              Runtime.getRuntime().halt(0);
            },
            "parent-watcher");
    watcher.setDaemon(true);
    watcher.start();
  }

  /** Waits for a short time only: a disk that does not answer must not keep this process alive. */
  private static void syncCommitLog() {
    Thread sync =
        new Thread(
            () -> {
              try {
                Class<?> type = Class.forName("org.apache.cassandra.db.commitlog.CommitLog");
                Object log = type.getField("instance").get(null);
                type.getMethod("sync", boolean.class).invoke(log, true);
              } catch (ReflectiveOperationException e) {
                System.err.println("commit log not synced: " + e);
              }
            },
            "last-sync");
    sync.setDaemon(true);
    sync.start();
    try {
      sync.join(SYNC_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Held until this process ends; the one before it may still be about to. */
  private static void lock(RandomAccessFile file) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LOCK_TIMEOUT.toNanos();
    while (file.getChannel().tryLock() == null) {
      if (System.nanoTime() > deadline) {
        System.err.println("another Cassandra is still running on this data directory");
        System.exit(EXIT_LOCKED);
      }
      Thread.sleep(50);
    }
  }
}
