package io.castalia.persistence.embedded;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to run the embedded Cassandra; read from {@code castalia.persistence.embedded-cassandra}.
 *
 * @param dataDirectory everything of this Cassandra: data, commit log, configuration, logs
 * @param classPath the directory with Cassandra's jars
 * @param javaHome a Java 17 (or 11) to run it with; none: this process's own, or {@code
 *     JAVA17_HOME}
 * @param port of the native protocol, on loopback; 0: a free one, kept for later starts
 * @param heapMiB heap size in MiB
 * @param commitLog when writes are acknowledged
 * @param diskReserve free space that records may not take
 * @param startTimeout how long it may take to answer
 * @param stopTimeout how long it may take to end before it is killed
 * @param child what else is wanted of the child process
 */
public record EmbeddedCassandraSettings(
    Path dataDirectory,
    Path classPath,
    Optional<Path> javaHome,
    int port,
    int heapMiB,
    CommitLogMode commitLog,
    DiskReserve diskReserve,
    Duration startTimeout,
    Duration stopTimeout,
    ChildSettings child) {

  private static final String SECTION = "castalia.persistence.embedded-cassandra";
  private static final int MIN_HEAP_MIB = 256;
  private static final int DEFAULT_HEAP_MIB = 512;
  private static final DiskReserve DEFAULT_RESERVE = new DiskReserve(512L << 20);

  public EmbeddedCassandraSettings {
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    check(port >= 0 && port <= 65_535, "port", "a port from 0 to 65535", port);
    check(heapMiB >= MIN_HEAP_MIB, "heap", "at least " + MIN_HEAP_MIB + " MiB", heapMiB + " MiB");
  }

  /** Durable, on a free port, with half a gigabyte of heap. */
  public static EmbeddedCassandraSettings in(Path dataDirectory) {
    return new EmbeddedCassandraSettings(
        dataDirectory,
        defaultClassPath(),
        Optional.empty(),
        0,
        DEFAULT_HEAP_MIB,
        CommitLogMode.BATCH,
        DEFAULT_RESERVE,
        Duration.ofSeconds(120),
        Duration.ofSeconds(5),
        ChildSettings.none());
  }

  /**
   * Reads and checks the settings.
   *
   * @param config the section {@code castalia.persistence.embedded-cassandra}
   * @param dataDirectory the node's directory for it
   */
  public static EmbeddedCassandraSettings from(Config config, Path dataDirectory) {
    String javaHome = config.getString("java-home");
    String classPath = config.getString("class-path");
    return new EmbeddedCassandraSettings(
        dataDirectory,
        classPath.isEmpty() ? defaultClassPath() : Path.of(classPath),
        javaHome.isEmpty() ? Optional.empty() : Optional.of(Path.of(javaHome)),
        config.getInt("port"),
        (int) Math.min(config.getBytes("heap") >> 20, Integer.MAX_VALUE),
        commitLog(config.getString("commit-log")),
        new DiskReserve(config.getBytes("disk-reserve")),
        config.getDuration("start-timeout"),
        config.getDuration("stop-timeout"),
        ChildSettings.from(config));
  }

  /** The same settings on another port. */
  public EmbeddedCassandraSettings withPort(int other) {
    return with(classPath, javaHome, other, commitLog, child);
  }

  /** The same settings with another directory of jars. */
  public EmbeddedCassandraSettings withClassPath(Path other) {
    return with(other, javaHome, port, commitLog, child);
  }

  /** The same settings with another Java. */
  public EmbeddedCassandraSettings withJavaHome(Path other) {
    return with(classPath, Optional.of(other), port, commitLog, child);
  }

  /** The same settings with another commit log mode. */
  public EmbeddedCassandraSettings withCommitLog(CommitLogMode other) {
    return with(classPath, javaHome, port, other, child);
  }

  /** The same settings with other ones for the child process. */
  public EmbeddedCassandraSettings withChild(ChildSettings other) {
    return with(classPath, javaHome, port, commitLog, other);
  }

  private static CommitLogMode commitLog(String name) {
    Optional<CommitLogMode> mode = CommitLogMode.named(name);
    check(mode.isPresent(), "commit-log", "batch, group or periodic", '"' + name + '"');
    return mode.orElseThrow();
  }

  private static void check(boolean holds, String key, String expected, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "expected %s.%s to be %s, but it was %s".formatted(SECTION, key, expected, value));
    }
  }

  /** Where Cassandra keeps its commit log. */
  Path commitLogDirectory() {
    return child.yaml().hasPath(CassandraYaml.COMMIT_LOG_DIRECTORY)
        ? Path.of(child.yaml().getString(CassandraYaml.COMMIT_LOG_DIRECTORY))
        : dataDirectory.resolve("commitlog");
  }

  private EmbeddedCassandraSettings with(
      Path newClassPath,
      Optional<Path> newJavaHome,
      int newPort,
      CommitLogMode newCommitLog,
      ChildSettings newChild) {
    return new EmbeddedCassandraSettings(
        dataDirectory,
        newClassPath,
        newJavaHome,
        newPort,
        heapMiB,
        newCommitLog,
        diskReserve,
        startTimeout,
        stopTimeout,
        newChild);
  }

  /** The launcher's copy, which no build changes, else where the build puts them. */
  private static Path defaultClassPath() {
    String copy = System.getProperty("castalia.cassandra", "");
    if (!copy.isEmpty()) {
      return Path.of(copy);
    }
    return Path.of(System.getProperty("castalia.home", "."))
        .resolve("persistence/embedded-cassandra/target/lib");
  }
}
