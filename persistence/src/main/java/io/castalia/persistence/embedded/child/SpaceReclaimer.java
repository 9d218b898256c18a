package io.castalia.persistence.embedded.child;

import java.io.File;
import java.time.Duration;
import java.util.List;

/**
 * Gives the disk back what retention and deleted topics have freed. Cassandra by itself drops
 * deleted rows only when files of about the same age are merged, which for old rows means: when
 * several times as much has been written again.
 */
final class SpaceReclaimer implements Runnable {
  private final Duration lookEvery;
  private final File directory;
  private final long ampleBytes;

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

  private static void look(EntryTable table, ReclaimRule rule) throws ReflectiveOperationException {
    List<Deletion> noted = table.deletions().noted();
    long deleted = noted.stream().mapToLong(Deletion::bytes).sum();
    long bytes = table.bytes();
    if (rule.pays(deleted, bytes)) {
      System.out.printf(
          "%s: %d of %d MiB are deleted, rewriting%n",
          table.fullName(), deleted >> 20, bytes >> 20);
      table.rewriteWithoutDeleted();
      table.deletions().forget(noted);
    }
  }
}
