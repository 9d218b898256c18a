package io.castalia.bench.streams;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The classes of an application in the form in which its JVM can take them at once, as {@code
 * -XX:ArchiveClassesAtExit} makes it: by the first application, when that ends in order.
 */
final class ClassArchive {
  private final Path file;
  private boolean begun;

  ClassArchive(Path file) {
    this.file = file;
  }

  /** For the next start of a JVM. */
  synchronized List<String> options() {
    if (isMade()) {
      return List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + file);
    }
    if (begun) {
      return List.of();
    }
    begun = true;
    return List.of("-XX:ArchiveClassesAtExit=" + file);
  }

  boolean isMade() {
    return Files.exists(file);
  }
}
