package io.castalia.bench.server;

import io.castalia.testkit.node.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Apache Kafka, one node that is broker and, where its quorum says so, controller, with its own
 * defaults for what is not given here.
 */
public final class KafkaBroker implements Broker {

  private static final List<String> JVM =
      List.of(
          "-XX:+UseG1GC",
          "-XX:MaxGCPauseMillis=20",
          "-XX:InitiatingHeapOccupancyPercent=35",
          "-XX:+ExplicitGCInvokesConcurrent");
  private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

  private final Path directory;
  private final boolean durable;
  private final String furtherListener;
  private final List<String> properties;
  private final Member member;
  private final int port = FreePorts.next();
  private int starts;
  private @Nullable ServerProcess process;

  /**
   * Which node of which cluster.
   *
   * @param heap as {@code -Xmx} takes it
   */
  private record Member(KafkaQuorum quorum, int id, String heap) {
    static Member alone() {
      return new Member(KafkaQuorum.of(1), 1, "1g");
    }
  }

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
    this(directory, durable, "", properties, Member.alone());
  }

  private KafkaBroker(
      Path directory,
      boolean durable,
      String furtherListener,
      List<String> properties,
      Member member) {
    this.directory = directory;
    this.durable = durable;
    this.furtherListener = furtherListener;
    this.member = member;
    this.properties = List.copyOf(properties);
  }

  /**
   * A broker that also listens where clients need more than its address, TLS and a password, say.
   *
   * @param listener NAME://HOST:PORT
   * @param properties lines of its configuration, among them what that listener needs
   */
  public static KafkaBroker listening(Path directory, String listener, List<String> properties) {
    return new KafkaBroker(directory, false, "," + listener, properties, Member.alone());
  }

  /**
   * One broker of a cluster of several.
   *
   * @param id from 1 on; one that the quorum does not know is no controller
   * @param heap as {@code -Xmx} takes it
   */
  public static KafkaBroker member(Path directory, KafkaQuorum quorum, int id, String heap) {
    return new KafkaBroker(directory, false, "", List.of(), new Member(quorum, id, heap));
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
    launch();
    awaitServing(START_TIMEOUT);
  }

  /** Starts it on the data that it has, if it has any, and does not wait. */
  public ServerProcess launch() {
    Path properties = directory.resolve("server.properties");
    if (!Files.exists(properties)) {
      format(properties);
    }
    starts++;
    process = start("server-" + starts, "kafka.Kafka", properties.toString());
    return process;
  }

  /** Waits until it answers clients. */
  public void awaitServing(Duration timeout) {
    ClusterProbe.awaitServing(bootstrap(), process(), timeout);
  }

  /** Where it keeps records. */
  public Path data() {
    return directory.resolve("data");
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
    ServerProcess tool =
        start(
            "format",
            "kafka.tools.StorageTool",
            "format",
            "-t",
            member.quorum().clusterId(),
            "-c",
            properties.toString());
    tool.awaitEnd(START_TIMEOUT);
    tool.awaitLine("Formatting", Duration.ofSeconds(1));
  }

  private String settings() {
    KafkaQuorum quorum = member.quorum();
    boolean controls = quorum.isController(member.id());
    String controller =
        controls ? ",CONTROLLER://127.0.0.1:" + quorum.ports().get(member.id()) : "";
    List<String> lines =
        new ArrayList<>(
            List.of(
                "process.roles=" + (controls ? "broker,controller" : "broker"),
                "node.id=" + member.id(),
                "controller.quorum.voters=" + quorum.voters(),
                "listeners=PLAINTEXT://127.0.0.1:" + port + controller + furtherListener,
                "controller.listener.names=CONTROLLER",
                "log.dirs=" + data().toAbsolutePath(),
                "default.replication.factor=" + quorum.replicas(),
                "min.insync.replicas=" + quorum.inSync(),
                "offsets.topic.replication.factor=" + quorum.replicas(),
                "transaction.state.log.replication.factor=" + quorum.replicas(),
                "transaction.state.log.min.isr=" + quorum.inSync(),
                "share.coordinator.state.topic.replication.factor=" + quorum.replicas(),
                "share.coordinator.state.topic.min.isr=" + quorum.inSync()));
    lines.addAll(properties);
    if (durable) {
      lines.add("log.flush.interval.messages=1");
    }
    return String.join("\n", lines) + "\n";
  }

  private ServerProcess start(String role, String main, String... arguments) {
    List<String> command = new ArrayList<>(List.of(ProjectPaths.java()));
    command.addAll(List.of("-Xms" + member.heap(), "-Xmx" + member.heap()));
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
