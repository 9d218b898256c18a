package io.castalia.persistence.embedded;

import io.castalia.persistence.embedded.child.ArchiveMaker;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cassandra's classes, parsed and laid out by the JVM once for all later starts, which it spares a
 * third of their CPU time. The first start of a class path lists the classes that it loads; when it
 * is up, a short-lived process makes the archive from them, beside the class path. Without an
 * archive everything works, only slower.
 */
final class ClassDataArchive {
  private static final Logger LOG = LoggerFactory.getLogger(ClassDataArchive.class);

  private static final String PREFIX = "cassandra-";
  private static final Duration STALE_AFTER = Duration.ofMinutes(10);

  private final Path java;
  private final CassandraClassPath classPath;
  private final Path archive;
  private final Path classList;

  ClassDataArchive(Path java, CassandraClassPath classPath, Path scratch) {
    this.java = java;
    this.classPath = classPath;
    String version = Integer.toHexString(java.toString().hashCode());
    archive =
        classPath.directory().resolve(PREFIX + classPath.fingerprint() + "-" + version + ".jsa");
    classList = scratch.resolve("classes.lst");
  }

  /** To start Cassandra with. */
  List<String> options() {
    return Files.exists(archive)
        ? List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive)
        : List.of("-XX:DumpLoadedClassList=" + classList);
  }

  /** Makes the archive in the background, if there is none and Cassandra has listed its classes. */
  void makeOnce() {
    if (Files.exists(archive) || !Files.exists(classList)) {
      return;
    }
    deleteStale();
    try {
      Process maker =
          ArchiveMaker.begin(java, classPath.ours(), classList, archive, classPath.argument());
      LOG.debug("making a class data archive in process {}", maker.pid());
    } catch (IOException e) {
      LOG.debug("no class data archive", e);
    }
  }

  /** Archives of class paths that are no more, and what interrupted processes left. */
  private void deleteStale() {
    Instant old = Instant.now().minus(STALE_AFTER);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(archive.getParent(), PREFIX + "*.jsa*")) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      LOG.debug("stale class data archives stay", e);
    }
  }
}
