package io.castalia.bench.clients;

import io.castalia.bench.server.ProjectPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The classes of one of Kafka's tools, laid out by the JVM in an archive at the end of its first
 * run: the next one starts in half the time.
 */
final class ToolClasses {
  private static final Path DIRECTORY = ProjectPaths.work().resolve("tool-classes");

  private final Path archive;
  private final Path unfinished;

  /**
   * The classes of a tool.
   *
   * @param main its main class
   */
  ToolClasses(String main) {
    this.archive = DIRECTORY.resolve(main + ".jsa");
    this.unfinished = DIRECTORY.resolve(main + "." + ProcessHandle.current().pid());
  }

  /** For the JVM; it says nothing of an archive that does not fit, and does without. */
  List<String> options() {
    createDirectory();
    String use =
        Files.exists(archive)
            ? "-XX:SharedArchiveFile=" + archive
            : "-XX:ArchiveClassesAtExit=" + unfinished;
    return List.of("-Xshare:auto", "-Xlog:disable", use);
  }

  private static void createDirectory() {
    try {
      Files.createDirectories(DIRECTORY);
    } catch (IOException e) {
      throw new UncheckedIOException("expected to create " + DIRECTORY, e);
    }
  }

  /** To be called when a run has ended. */
  void keep() {
    try {
      if (Files.exists(unfinished)) {
        Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("expected to keep " + unfinished, e);
    }
  }
}
