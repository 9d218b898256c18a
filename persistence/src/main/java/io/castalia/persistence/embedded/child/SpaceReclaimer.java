package io.castalia.persistence.embedded.child;

import java.io.File;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives the disk back what retention and deleted topics have freed. Cassandra by itself drops
 * deleted rows only when files of about the same age are merged, which for old rows means: when
 * several times as much has been written again.
 */
final class SpaceReclaimer implements Runnable {
  /** Between flushes: each makes a file, and files want merging. */
  private static final Duration FLUSH_EVERY = Duration.ofMinutes(5);

  private final Duration lookEvery;
  private final File directory;
  private final long ampleBytes;
  private final Map<String, TableFigures> atLastRewrite = new HashMap<>();
  private long flushedAt = System.nanoTime();

  /**
   * A reclaimer that looks now and then.
   *
   * @param directory on the disk whose space counts
   * @param ampleBytes less free space than this is short
   */
  SpaceReclaimer(Duration lookEvery, File directory, long ampleBytes) {
    this.lookEvery = lookEvery;
    this.directory = directory;
    this.ampleBytes = ampleBytes;
  }

  void start() {
    Thread thread = new Thread(this, "space-reclaimer");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try {
      while (true) {
        Thread.sleep(lookEvery.toMillis());
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    boolean isShort = directory.getUsableSpace() < ampleBytes;
    boolean flush = isShort || System.nanoTime() - flushedAt > FLUSH_EVERY.toNanos();
    try {
      for (EntryTable table : EntryTable.all()) {
        if (flush) {
          table.flush();
        }
        look(table, isShort ? ReclaimRule.SHORT_OF_SPACE : ReclaimRule.AMPLE_SPACE);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Without room for the new file, for one; the next look may find some.
      System.err.println("no space reclaimed: " + (e.getCause() == null ? e : e.getCause()));
    }
    if (flush) {
      flushedAt = System.nanoTime();
    }
  }

  private void look(EntryTable table, ReclaimRule rule) throws ReflectiveOperationException {
    TableFigures now = table.figures();
    TableFigures before = atLastRewrite.getOrDefault(table.fullName(), TableFigures.NONE);
    if (rule.pays(now, before)) {
      System.out.printf(
          "%s: about %d of %d MiB are deleted, rewriting%n",
          table.fullName(), now.deletedSince(before) >> 20, now.bytes() >> 20);
      table.rewriteWithoutDeleted();
      atLastRewrite.put(table.fullName(), table.figures());
    } else if (now.deletions() < before.deletions()) {
      // Cassandra forgets deletions in time; those that come next must count in full.
      atLastRewrite.put(table.fullName(), now);
    }
  }
}
