package io.castalia.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The system's cache of files. */
final class PageCache {

  private static final Path DROP = Path.of("/proc/sys/vm/drop_caches");
  private static final int TIMEOUT_SECONDS = 120;

  private PageCache() {}

  /** Writes what is in memory only, so that a later round does not pay for it. */
  static void write() {
    try {
      Process sync = new ProcessBuilder("sync").inheritIO().start();
      if (!sync.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("sync took longer than " + TIMEOUT_SECONDS + " s");
      }
    } catch (IOException e) {
      throw new IllegalStateException("expected a command sync", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while dirty pages were written", e);
    }
  }

  /**
   * Forgets all that is in it; takes root.
   *
   * @throws IllegalStateException if that is not permitted
   */
  static void drop() {
    write();
    try {
      Files.writeString(DROP, "3\n");
    } catch (IOException e) {
      throw new IllegalStateException(
          "expected to be root, to drop the page cache by writing to " + DROP, e);
    }
  }
}
