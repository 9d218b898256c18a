package io.castalia.bench.server;

import io.castalia.testkit.node.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A Castalia node started by its launcher, with its own Cassandra or with another one. */
public final class CastaliaNode implements Broker {

  /** What a node prints when it serves. */
  public static final String READY = "Castalia is ready";

  private static final Label SYNCED =
      new Label("Castalia", "synced before each acknowledgement (Cassandra's commit log)");
  private static final Label PERIODIC =
      new Label("Castalia periodic", "in Cassandra's memory, written to disk within a second");
  private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

  private final Label label;
  private final Path directory;
  private final List<String> options;
  private final Map<String, String> environment;
  private final int port = FreePorts.next();
  private int starts;
  private @Nullable ServerProcess process;

  private record Label(String name, String durability) {}

  /** A node with its own Cassandra and the launcher's own settings. */
  public CastaliaNode(Path directory) {
    this(directory, List.of(), Map.of());
  }

  /**
   * A node with its own Cassandra, unless its configuration says otherwise.
   *
   * @param configuration lines of its configuration file
   */
  public static CastaliaNode configured(Path directory, List<String> configuration) {
    return new CastaliaNode(directory, options(directory, configuration), Map.of());
  }

  private static List<String> options(Path directory, List<String> configuration) {
    Path file = directory.resolve("node.conf");
    try {
      Files.createDirectories(directory);
      Files.write(file, configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of("--config", file.toString());
  }

  /** A node whose Cassandra acknowledges what is in its memory. */
  public static CastaliaNode periodic(Path directory) {
    return periodic(directory, List.of());
  }

  /**
   * A node whose Cassandra acknowledges what is in its memory.
   *
   * @param configuration further lines of its configuration file
   */
  public static CastaliaNode periodic(Path directory, List<String> configuration) {
    List<String> lines = new ArrayList<>(configuration);
    lines.add("castalia.persistence.embedded-cassandra.commit-log = periodic");
    return new CastaliaNode(PERIODIC, directory, options(directory, lines), Map.of());
  }

  /**
   * A node that is not started yet.
   *
   * @param directory its data and output
   * @param options further options of {@code castalia start}
   * @param environment of the launcher
   */
  public CastaliaNode(Path directory, List<String> options, Map<String, String> environment) {
    this(SYNCED, directory, options, environment);
  }

  private CastaliaNode(
      Label label, Path directory, List<String> options, Map<String, String> environment) {
    this.label = label;
    this.directory = directory;
    this.options = List.copyOf(options);
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String name() {
    return label.name();
  }

  @Override
  public String durability() {
    return label.durability();
  }

  @Override
  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void start() {
    launch().awaitLine(READY, START_TIMEOUT);
  }

  /** Starts it and does not wait. */
  public ServerProcess launch() {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProjectPaths.launcher().toString(),
                "start",
                "--data",
                data().toString(),
                "--kafka-port",
                Integer.toString(port)));
    command.addAll(options);
    starts++;
    Path output = directory.resolve("node-" + starts + ".out");
    process = ServerProcess.start("Castalia", command, environment, output);
    return process;
  }

  /** Whether it has been started before, however it ended. */
  public boolean hasStartedBefore() {
    return starts > 0;
  }

  /** Its data directory. */
  public Path data() {
    return directory.resolve("data");
  }

  /** The process that was started last. */
  public ServerProcess process() {
    if (process == null) {
      throw new IllegalStateException("the node was not started");
    }
    return process;
  }

  /** Its own Cassandra, if it lives. */
  public Optional<ProcessHandle> cassandra() {
    return CassandraServer.daemonOf(processes());
  }

  @Override
  public List<ProcessHandle> processes() {
    return process == null ? List.of() : process.family();
  }

  @Override
  public Map<String, ProcessHandle> roles() {
    Map<String, ProcessHandle> roles = new TreeMap<>(Comparator.reverseOrder());
    roles.put("node", process().handle());
    cassandra().ifPresent(daemon -> roles.put("Cassandra", daemon));
    return roles;
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      process.stop();
    }
  }
}
