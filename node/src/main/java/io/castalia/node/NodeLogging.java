package io.castalia.node;

import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Chooses where the log of this process goes. Call it before anything logs: the first logger reads
 * the choice.
 */
public final class NodeLogging {
  private static final String CONFIGURATION = "logback.configurationFile";

  private NodeLogging() {}

  /** Nothing is logged: commands say themselves what went wrong. */
  public static void silent() {
    System.setProperty(CONFIGURATION, "castalia-logback-silent.xml");
  }

  /** All goes to {@code directory/castalia.log}; warnings also to standard error, a line each. */
  public static void toFile(Path directory) {
    System.setProperty("castalia.log.directory", directory.toString());
    System.setProperty(CONFIGURATION, "castalia-logback-node.xml");
    // The first logger reads the configuration; actor systems would all do so at once.
    LoggerFactory.getLogger(NodeLogging.class).info("Castalia starts");
  }
}
