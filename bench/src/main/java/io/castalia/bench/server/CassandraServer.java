package io.castalia.bench.server;

import io.castalia.testkit.node.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Castalia's Cassandra run alone, as {@code castalia cassandra} does, for nodes that outlive it.
 */
public final class CassandraServer implements AutoCloseable {

  private static final String READY = "Cassandra is ready";
  private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

  private final Path directory;
  private final int port = FreePorts.next();
  private int starts;
  private @Nullable ServerProcess process;

  /**
   * A server that is not started yet.
   *
   * @param directory its data and output
   */
  public CassandraServer(Path directory) {
    this.directory = directory;
  }

  /** HOST:PORT, the same after every restart. */
  public String contactPoint() {
    return "127.0.0.1:" + port;
  }

  /** Starts it and returns when it serves clients. */
  public void start() {
    launch().awaitLine(READY, START_TIMEOUT);
  }

  /** Starts it and does not wait. */
  public ServerProcess launch() {
    List<String> command =
        List.of(
            ProjectPaths.launcher().toString(),
            "cassandra",
            "--data",
            directory.resolve("data").toString(),
            "--port",
            Integer.toString(port));
    starts++;
    Path output = directory.resolve("cassandra-" + starts + ".out");
    process = ServerProcess.start("Cassandra", command, Map.of(), output);
    return process;
  }

  /** Kills Cassandra as {@code kill -9} does; the command that runs it ends by itself. */
  public void kill() {
    daemonOf(family()).ifPresent(ProcessHandle::destroyForcibly);
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Its processes that live. */
  public List<ProcessHandle> processes() {
    return family();
  }

  private List<ProcessHandle> family() {
    return process == null ? List.of() : process.family();
  }

  /** Cassandra itself among processes: the one that takes its arguments from a file. */
  static Optional<ProcessHandle> daemonOf(List<ProcessHandle> processes) {
    return processes.stream()
        .filter(handle -> ProcessUsage.commandLine(handle.pid()).contains("java @"))
        .findFirst();
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      process.stop();
    }
  }
}
