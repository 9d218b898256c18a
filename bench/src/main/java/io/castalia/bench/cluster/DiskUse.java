package io.castalia.bench.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What files take. */
final class DiskUse {

  private DiskUse() {}

  /**
   * Bytes in files below a directory; none while it is not there.
   *
   * @param counted which of them count
   */
  static long of(Path directory, Predicate<Path> counted) {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> Files.isRegularFile(file) && counted.test(file))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalStateException("expected to see what is in " + directory, e);
    }
  }
}
