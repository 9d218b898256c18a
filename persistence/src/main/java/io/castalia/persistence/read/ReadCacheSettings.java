package io.castalia.persistence.read;

import com.typesafe.config.Config;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a node keeps of the rows it has written, for its readers.
 *
 * @param bytes in memory
 * @param directory of the file of recent rows, if there is to be one
 * @param fileBytes of this file
 */
public record ReadCacheSettings(long bytes, Optional<Path> directory, long fileBytes) {
  /** What is left to everybody else of a disk that is almost full. */
  private static final int SHARE_OF_FREE_SPACE = 10;

  public ReadCacheSettings {
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "expected castalia.persistence.read-cache-bytes to be 0 or more, but it was " + bytes);
    }
    if (fileBytes < 0) {
      throw new IllegalArgumentException(
          "expected castalia.persistence.read-cache-file.bytes to be 0 or more, but it was "
              + fileBytes);
    }
  }

  /**
   * Reads and checks the settings.
   *
   * @param config the section {@code castalia.persistence}
   */
  public static ReadCacheSettings of(Config config) {
    Config file = config.getConfig("read-cache-file");
    String directory = file.getString("directory");
    return new ReadCacheSettings(
        config.getBytes("read-cache-bytes"),
        directory.isEmpty() ? Optional.empty() : Optional.of(Path.of(directory)),
        file.getBytes("bytes"));
  }

  RecentRows recentRows() {
    return directory
        .filter(path -> fileBytes > 0)
        .map(
            path -> RowsInFile.in(path, Math.min(fileBytes, freeSpace(path) / SHARE_OF_FREE_SPACE)))
        .orElse(RecentRows.NONE);
  }

  /** On the disk of a directory that may not be there yet. */
  private static long freeSpace(Path directory) {
    File there = directory.toAbsolutePath().toFile();
    while (!there.exists() && there.getParentFile() != null) {
      there = there.getParentFile();
    }
    return there.getUsableSpace();
  }
}
