package io.castalia.node.cli;

import io.castalia.persistence.embedded.child.ArchiveMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's classes, parsed and laid out by the JVM once for all later starts of this build. The
 * launcher says where the JVM lists them and where the archive is wanted; it asks for none when
 * there is one. Without it everything works, only slower.
 */
final class NodeClasses {
  private static final Logger LOG = LoggerFactory.getLogger(NodeClasses.class);

  private NodeClasses() {}

  /** Makes the archive in the background, if the launcher wants one. */
  static void archiveOnce() {
    String classList = System.getProperty("castalia.class-list", "");
    String archive = System.getProperty("castalia.class-archive", "");
    if (classList.isEmpty() || archive.isEmpty() || !Files.exists(Path.of(classList))) {
      return;
    }
    String classPath = System.getProperty("java.class.path");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    try {
      Process maker =
          ArchiveMaker.begin(java, classPath, Path.of(classList), Path.of(archive), classPath);
      LOG.debug("making a class data archive in process {}", maker.pid());
    } catch (IOException e) {
      LOG.debug("no class data archive", e);
    }
  }
}
