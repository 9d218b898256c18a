package io.castalia.persistence.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of one Cassandra, locked against use by another process while it is open. */
final class DataDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates and locks the directory.
   *
   * @throws EmbeddedCassandraException if it cannot be written, is in use or on a full disk
   */
  static DataDirectory open(Path path, DiskReserve reserve) {
    try {
      Files.createDirectories(path.resolve("logs"));
      Files.createDirectories(path.resolve("conf"));
      DataDirectory directory = new DataDirectory(path, locked(path));
      directory.checkSpace(reserve.toStart());
      return directory;
    } catch (IOException e) {
      throw new EmbeddedCassandraException(
          "the data directory \"" + path + "\" cannot be written: " + e, e);
    }
  }

  Path logs() {
    return path.resolve("logs");
  }

  Path configuration() {
    return path.resolve("conf");
  }

  Path ports() {
    return path.resolve("conf").resolve("ports");
  }

  /** Locked by the child for as long as it lives, which may be a little longer than its parent. */
  Path childLock() {
    return path.resolve("child.lock");
  }

  Path output() {
    return logs().resolve("output.log");
  }

  Path write(String name, String content) {
    try {
      return Files.writeString(configuration().resolve(name), content);
    } catch (IOException e) {
      throw new EmbeddedCassandraException("cannot write \"" + name + "\" in \"" + path + "\"", e);
    }
  }

  /** Why Cassandra ended, as far as it said, and where more is. */
  String lastWords() {
    String cause;
    try {
      cause = LastWords.cause(Files.readAllLines(output(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      cause = "";
    }
    return (cause.isEmpty() ? "" : ": " + cause)
        + "; its log: "
        + logs().resolve(LogbackXml.FILE)
        + ", its output: "
        + output();
  }

  /**
   * Makes way for a Cassandra that was out of disk space; it would not start otherwise. Left to
   * Cassandra while another one holds the commit log.
   *
   * @see UnbegunSegments
   */
  void setAsideUnbegunSegments(Path commitLog) {
    try {
      if (UnbegunSegments.in(commitLog).isEmpty()) {
        return;
      }
      try (FileChannel child = opened(childLock())) {
        if (tryLock(child) == null) {
          return;
        }
        List<Path> moved = UnbegunSegments.setAside(commitLog);
        LOG.warn(
            "set aside {} of Cassandra's commit log, which had been created but not begun (most"
                + " likely the disk was full); nothing can be in them: {}",
            moved.size() == 1 ? "a segment" : moved.size() + " segments",
            moved);
      }
    } catch (IOException e) {
      throw new EmbeddedCassandraException(
          "cannot look for broken segments in \"" + commitLog + "\": " + e, e);
    }
  }

  private void checkSpace(long needed) throws IOException {
    long free = Files.getFileStore(path).getUsableSpace();
    if (free < needed) {
      close();
      throw new EmbeddedCassandraException(
          "the disk of \"%s\" is nearly full: %d MiB free, at least %d MiB needed"
              .formatted(path, free >> 20, needed >> 20));
    }
  }

  private static FileChannel locked(Path path) throws IOException {
    FileChannel channel = opened(path.resolve("lock"));
    if (tryLock(channel) == null) {
      channel.close();
      throw new EmbeddedCassandraException(
          "the data directory \"" + path + "\" is in use by another Cassandra");
    }
    return channel;
  }

  private static FileChannel opened(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
