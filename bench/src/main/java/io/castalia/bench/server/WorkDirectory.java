package io.castalia.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Directories that a run owns. */
public final class WorkDirectory {

  private WorkDirectory() {}

  /** An empty directory in place of whatever was there. */
  public static Path fresh(Path directory) {
    delete(directory);
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An empty directory {@code NAME-PID} for this process, beside which others of the name may be at
   * work. What processes have left that do not live any more is deleted: it may be a lot.
   */
  public static Path ofThisProcess(Path parent, String name) {
    for (Path each : named(parent, name)) {
      if (ownerOf(each, name).isEmpty()) {
        delete(each);
      }
    }
    return fresh(parent.resolve(name + "-" + ProcessHandle.current().pid()));
  }

  private static List<Path> named(Path parent, String name) {
    Pattern pattern = Pattern.compile(Pattern.quote(name) + "-\\d{1,10}");
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(parent)) {
      return all.filter(each -> pattern.matcher(each.getFileName().toString()).matches()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<ProcessHandle> ownerOf(Path directory, String name) {
    String pid = directory.getFileName().toString().substring(name.length() + 1);
    return ProcessHandle.of(Long.parseLong(pid));
  }

  /** Deletes it and all that is in it, if it is there. */
  public static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try {
      for (Path path : deepestFirst(directory)) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> deepestFirst(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
