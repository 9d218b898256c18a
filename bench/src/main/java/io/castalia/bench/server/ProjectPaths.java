package io.castalia.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are in the checked-out project. */
public final class ProjectPaths {

  private static final Path HOME = findHome();

  private ProjectPaths() {}

  /** The launcher of the program. */
  public static Path launcher() {
    return HOME.resolve("castalia");
  }

  /** The class path of the Kafka that is compared with, for {@code java -cp}. */
  public static String kafkaClassPath() {
    Path lib = HOME.resolve("bench/kafka-peer/target/lib");
    if (!Files.isDirectory(lib)) {
      throw new IllegalStateException(
          "expected Kafka's class path in \"" + lib + "\", but it is not built: ./mvnw package");
    }
    return lib + "/*";
  }

  /** Where a class is from, for {@code java -cp}. */
  public static String of(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("expected to know where " + type + " is from", e);
    }
  }

  /** The class path of the nodes that the launcher starts; there when it has started one. */
  public static String nodeClassPath() {
    Path file = HOME.resolve(".castalia/runs/current/class-path");
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "expected the class path of a node that was started before in " + file, e);
    }
  }

  /** A web server's log, compressed: real text to publish. */
  public static Path accessLog() {
    return HOME.resolve("examples/website-activity/src/main/resources/access.log.gz");
  }

  /** Where servers that a proof starts keep their data and logs; wiped by a clean build. */
  public static Path work() {
    return HOME.resolve("bench/target/work");
  }

  /** The {@code java} that runs this program. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Path findHome() {
    String configured = System.getProperty("castalia.home");
    if (configured != null) {
      return Path.of(configured).toAbsolutePath().normalize();
    }
    Path candidate = Path.of("").toAbsolutePath();
    while (!Files.exists(candidate.resolve("mvnw"))) {
      candidate = candidate.getParent();
      if (candidate == null) {
        throw new IllegalStateException("expected to run inside the project, or castalia.home set");
      }
    }
    return candidate;
  }
}
