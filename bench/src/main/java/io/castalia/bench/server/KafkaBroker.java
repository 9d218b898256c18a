package io.castalia.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Apache Kafka, one node that is broker and controller, with its own defaults for what is not given
 * here.
 */
public final class KafkaBroker implements Broker {

  private static final List<String> JVM =
      List.of(
          "-Xms1g",
          "-Xmx1g",
          "-XX:+UseG1GC",
          "-XX:MaxGCPauseMillis=20",
          "-XX:InitiatingHeapOccupancyPercent=35",
          "-XX:+ExplicitGCInvokesConcurrent");
  private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

  private final Path directory;
  private final boolean durable;
  private final String furtherListener;
  private final List<String> properties;
  private final int port = FreePorts.next();
  private final int controllerPort = FreePorts.next();
  private @Nullable ServerProcess process;

  /**
   * A broker that is not started yet.
   *
   * @param directory its configuration, data and output
   * @param durable whether it syncs its log before it acknowledges
   */
  public KafkaBroker(Path directory, boolean durable) {
    this(directory, durable, List.of());
  }

  /**
   * A broker that is not started yet.
   *
   * @param directory its configuration, data and output
   * @param durable whether it syncs its log before it acknowledges
   * @param properties further lines of its configuration
   */
  public KafkaBroker(Path directory, boolean durable, List<String> properties) {
    this(directory, durable, "", properties);
  }

  private KafkaBroker(
      Path directory, boolean durable, String furtherListener, List<String> properties) {
    this.directory = directory;
    this.durable = durable;
    this.furtherListener = furtherListener;
    this.properties = List.copyOf(properties);
  }

  /**
   * A broker that also listens where clients need more than its address, TLS and a password, say.
   *
   * @param listener NAME://HOST:PORT
   * @param properties lines of its configuration, among them what that listener needs
   */
  public static KafkaBroker listening(Path directory, String listener, List<String> properties) {
    return new KafkaBroker(directory, false, "," + listener, properties);
  }

  @Override
  public String name() {
    return durable ? "Kafka durable" : "Kafka default";
  }

  @Override
  public String durability() {
    return durable
        ? "synced before each acknowledgement (log.flush.interval.messages=1)"
        : "page cache, written to disk later";
  }

  @Override
  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void start() {
    Path properties = directory.resolve("server.properties");
    if (!Files.exists(properties)) {
      format(properties);
    }
    ClusterProbe.awaitServing(bootstrap(), launch(), START_TIMEOUT);
  }

  /** Starts it on the data that it has and does not wait. */
  public ServerProcess launch() {
    process = start("server", "kafka.Kafka", directory.resolve("server.properties").toString());
    return process;
  }

  /** The process that was started last. */
  public ServerProcess process() {
    if (process == null) {
      throw new IllegalStateException("the broker was not started");
    }
    return process;
  }

  private void format(Path properties) {
    try {
      Files.createDirectories(directory);
      Files.writeString(properties, settings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String id = Uuid.randomUuid().toString();
    ServerProcess tool =
        start("format", "kafka.tools.StorageTool", "format", "-t", id, "-c", properties.toString());
    tool.awaitEnd(START_TIMEOUT);
    tool.awaitLine("Formatting", Duration.ofSeconds(1));
  }

  private String settings() {
    String listeners =
        "PLAINTEXT://127.0.0.1:"
            + port
            + ",CONTROLLER://127.0.0.1:"
            + controllerPort
            + furtherListener;
    List<String> lines =
        new ArrayList<>(
            List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
                "listeners=" + listeners,
                "controller.listener.names=CONTROLLER",
                "log.dirs=" + directory.resolve("data").toAbsolutePath(),
                "offsets.topic.replication.factor=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1"));
    lines.addAll(properties);
    if (durable) {
      lines.add("log.flush.interval.messages=1");
    }
    return String.join("\n", lines) + "\n";
  }

  private ServerProcess start(String role, String main, String... arguments) {
    List<String> command = new ArrayList<>(List.of(ProjectPaths.java()));
    command.addAll(JVM);
    command.addAll(List.of("-cp", ProjectPaths.kafkaClassPath(), main));
    command.addAll(List.of(arguments));
    return ServerProcess.start(
        name() + " " + role, command, Map.of(), directory.resolve(role + ".out"));
  }

  @Override
  public List<ProcessHandle> processes() {
    return process == null ? List.of() : process.family();
  }

  @Override
  public Map<String, ProcessHandle> roles() {
    return Map.of("Kafka", process().handle());
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      process.stop();
    }
  }
}
