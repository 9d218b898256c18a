package io.castalia.persistence.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Segments of Cassandra's commit log that were created but never begun, as happens on a full disk.
 * Cassandra does not start while there is one, unless it is the newest.
 *
 * <p>Nothing that was acknowledged is in them. Cassandra takes a segment into use only when {@code
 * CommitLogSegmentManagerStandard.createSegment} has returned it, after {@code writeLogHeader} has
 * written its header, or else has thrown. A file that has no byte of a header holds no mutation,
 * for a mutation comes behind it. A file with anything else in it is left to Cassandra, even if the
 * header is wrong: whether it can be spared is for an operator to say.
 */
final class UnbegunSegments {
  static final String BROKEN = "broken";

  private static final Pattern NAME = Pattern.compile("CommitLog-\\d+(-\\d+)?\\.log");

  /** Version, id, the length of the parameters, the empty parameters <code>{}</code>, checksum. */
  private static final int SHORTEST_HEADER = 4 + 8 + 2 + 2 + 4;

  private static final int CHUNK = 64 * 1024;

  private UnbegunSegments() {}

  /** Those in the directory, which need not exist. */
  static List<Path> in(Path commitLog) throws IOException {
    if (!Files.isDirectory(commitLog)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(commitLog)) {
      for (Path file : files.sorted().toList()) {
        if (NAME.matcher(file.getFileName().toString()).matches() && isUnbegun(file)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /**
   * Moves them into the directory {@code broken} beside the others. No Cassandra may be running: a
   * segment that it is about to begin looks the same.
   *
   * @return where they are now
   */
  static List<Path> setAside(Path commitLog) throws IOException {
    List<Path> moved = new ArrayList<>();
    for (Path segment : in(commitLog)) {
      Path broken = Files.createDirectories(commitLog.resolve(BROKEN));
      moved.add(
          Files.move(
              segment, broken.resolve(segment.getFileName()), StandardCopyOption.ATOMIC_MOVE));
    }
    return moved;
  }

  private static boolean isUnbegun(Path file) throws IOException {
    return Files.size(file) < SHORTEST_HEADER || isAllZero(file);
  }

  private static boolean isAllZero(Path file) throws IOException {
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        for (int i = 0; i < read; i++) {
          if (chunk[i] != 0) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
