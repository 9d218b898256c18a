package io.castalia.persistence.embedded.child;

import java.io.File;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Gives the disk back what retention and deleted topics have freed. Cassandra by itself drops
 * deleted rows only when files of about the same age are merged, which for old rows means: when
 * several times as much has been written again.
 */
final class SpaceReclaimer implements Runnable {
  /** Smaller ones have deletions in them for the most part, which other files still need. */
  private static final long LEAST_FILE_BYTES = 1 << 20;

  private final Duration lookEvery;
  private final File directory;
  private final long ampleBytes;

  /** By table, how much must be deleted until its oldest file is rewritten again. */
  private final Map<String, Long> nextTry = new HashMap<>();

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
    try {
      for (EntryTable table : EntryTable.all()) {
        look(table, isShort ? ReclaimRule.SHORT_OF_SPACE : ReclaimRule.AMPLE_SPACE);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Without room for the new file, for one; the next look may find some.
      System.err.println("no space reclaimed: " + (e.getCause() == null ? e : e.getCause()));
    }
  }

  private void look(EntryTable table, ReclaimRule rule) throws ReflectiveOperationException {
    List<Deletion> noted = table.deletions().noted();
    long deleted = bytes(noted);
    if (!rule.isWorthALook(deleted)) {
      return;
    }
    boolean oldest = deleted >= nextTry.getOrDefault(table.fullName(), 0L);
    if (!oldest && !rule.pays(deleted, table.bytes())) {
      return;
    }
    table.flush();
    long gained = oldest ? rewriteOldest(table, rule, deleted) : 0;
    long left = deleted - gained;
    boolean all = rule.pays(left, table.bytes());
    if (all) {
      table.rewriteWithoutDeleted();
      nextTry.remove(table.fullName());
    }
    table.deletions().forget(all ? noted : oldest(noted, gained));
    System.out.printf(
        Locale.ROOT,
        "%s: rewrote %s, %d MiB were deleted, %d in the oldest files%n",
        table.fullName(),
        all ? "all files" : "the oldest files",
        deleted >> 20,
        gained >> 20);
  }

  /**
   * Retention deletes what is oldest, so the oldest files have next to nothing left that would have
   * to be written again.
   *
   * @return the bytes that were gained
   */
  private long rewriteOldest(EntryTable table, ReclaimRule rule, long deleted)
      throws ReflectiveOperationException {
    long gained = 0;
    nextTry.remove(table.fullName());
    for (EntryFile file : table.files()) {
      if (file.bytes() < LEAST_FILE_BYTES) {
        continue;
      }
      long ofThis = table.rewriteWithoutDeleted(file);
      gained += ofThis;
      if (!rule.goesOn(ofThis, file.bytes())) {
        nextTry.put(table.fullName(), rule.nextTry(deleted - gained, file.bytes() - ofThis));
        break;
      }
      if (!rule.isWorthALook(deleted - gained)) {
        break;
      }
    }
    return gained;
  }

  /** The first of these that take no more than so many bytes. */
  private static List<Deletion> oldest(List<Deletion> noted, long bytes) {
    int count = 0;
    long passed = 0;
    while (count < noted.size() && passed + noted.get(count).bytes() <= bytes) {
      passed += noted.get(count).bytes();
      count++;
    }
    return noted.subList(0, count);
  }

  private static long bytes(List<Deletion> noted) {
    return noted.stream().mapToLong(Deletion::bytes).sum();
  }
}
