package io.castalia.persistence.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Finds a Java that Cassandra runs on. */
final class JavaHome {
  private static final int OLDEST = 11;
  private static final int NEWEST = 17;

  private JavaHome() {}

  /**
   * The one that was asked for, else this process's own, else {@code JAVA17_HOME}.
   *
   * @return the {@code java} program
   * @throws EmbeddedCassandraException if none of them is a Java 11 to 17
   */
  static Path program(Optional<Path> wanted, Map<String, String> environment) {
    if (wanted.isPresent()) {
      return checked(wanted.get());
    }
    if (isSupported(Runtime.version().feature())) {
      return Path.of(System.getProperty("java.home"), "bin", "java");
    }
    String other = environment.get("JAVA17_HOME");
    if (other == null || other.isEmpty()) {
      throw new EmbeddedCassandraException(
          "Cassandra needs Java %d to %d, but this is Java %d; set JAVA17_HOME to a Java 17"
              .formatted(OLDEST, NEWEST, Runtime.version().feature()));
    }
    return checked(Path.of(other));
  }

  private static Path checked(Path home) {
    Path program = home.resolve("bin").resolve("java");
    if (!Files.isExecutable(program)) {
      throw new EmbeddedCassandraException("expected a Java in \"" + home + "\", but found none");
    }
    int version = version(home);
    if (!isSupported(version)) {
      throw new EmbeddedCassandraException(
          "Cassandra needs Java %d to %d, but \"%s\" is Java %d"
              .formatted(OLDEST, NEWEST, home, version));
    }
    return program;
  }

  private static boolean isSupported(int version) {
    return OLDEST <= version && version <= NEWEST;
  }

  private static int version(Path home) {
    Properties release = new Properties();
    try (InputStream in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
      String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
      return Runtime.Version.parse(version).feature();
    } catch (IOException | IllegalArgumentException e) {
      throw new EmbeddedCassandraException(
          "cannot tell the version of Java in \"" + home + "\"", e);
    }
  }
}
