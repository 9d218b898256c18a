package io.castalia.persistence.embedded.child;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.time.Duration;

/**
 * Runs Cassandra for as long as the parent process lives. The parent holds the other end of
 * standard input: however it ends, kill -9 included, the system closes it, and this process stops.
 *
 * <p>It stops at once and flushes nothing: what Cassandra acknowledged is in its commit log.
 */
public final class CassandraChild {
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);
  private static final int EXIT_LOCKED = 4;

  private CassandraChild() {}

  /**
   * Runs until standard input ends.
   *
   * @param args the file to lock while Cassandra runs
   */
  public static void main(String[] args) throws Exception {
    stopWithParent();
    try (RandomAccessFile file = new RandomAccessFile(args[0], "rw")) {
      lock(file);
      // Named, not linked: this class is compiled without Cassandra.
      Class.forName("org.apache.cassandra.service.CassandraDaemon")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
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
              Runtime.getRuntime().halt(0);
            },
            "parent-watcher");
    watcher.setDaemon(true);
    watcher.start();
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
