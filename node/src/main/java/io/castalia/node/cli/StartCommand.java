package io.castalia.node.cli;

import com.typesafe.config.Config;
import io.castalia.node.CastaliaNode;
import io.castalia.node.NodeLogging;
import io.castalia.node.NodeSettings;
import io.castalia.node.StartException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "start",
    description = {
      "Run a node in the foreground until Ctrl-C or SIGTERM.",
      "It runs a Cassandra of its own unless the configuration names another."
    })
final class StartCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private NodeOptions options = new NodeOptions();

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--kafka-port",
      paramLabel = "N",
      description = "The port for Kafka clients (default: 9092).")
  private Optional<Integer> kafkaPort = Optional.empty();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The address to listen on for Kafka clients (default: 127.0.0.1).")
  private Optional<String> host = Optional.empty();

  StartCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Map<String, Object> overrides = new HashMap<>();
    kafkaPort.ifPresent(port -> overrides.put("castalia.kafka.port", port));
    host.ifPresent(address -> overrides.put("castalia.kafka.host", address));
    cluster.addTo(overrides);
    NodeSettings settings = NodeSettings.of(options.load(overrides));
    NodeLogging.toFile(settings.logDirectory());
    return run(settings);
  }

  private int run(NodeSettings settings) throws InterruptedException {
    String logFile = settings.logDirectory().resolve("castalia.log").toString();
    try {
      Optional<NodeSettings> next = Optional.of(settings);
      while (next.isPresent()) {
        next = runOnce(next.get());
        next.ifPresent(
            again ->
                console
                    .err()
                    .println(
                        "castalia: the other nodes took this one for dead; it joins them again"));
      }
      throw new CommandFailure("the node has left its cluster; why is in " + logFile);
    } catch (StartException e) {
      LoggerFactory.getLogger(StartCommand.class).error("The node could not start", e);
      throw new CommandFailure(FailureText.of(e) + " (more in " + logFile + ")");
    }
  }

  /** Returns when the node has stopped without having been asked to. */
  private Optional<NodeSettings> runOnce(NodeSettings settings) throws InterruptedException {
    CastaliaNode node = CastaliaNode.start(settings, console.err()::println);
    StopOnSignal signal = StopOnSignal.install(node::stop, console.err());
    console.out().println(ready(node, settings));
    console.out().flush();
    NodeClasses.archiveOnce();
    node.whenStopped().toCompletableFuture().join();
    signal.ended();
    return node.comeback();
  }

  private static String ready(CastaliaNode node, NodeSettings settings) {
    String store =
        settings.embedsCassandra()
            ? "embedded, commit log %s; data in %s"
                .formatted(durability(settings.config()), settings.dataDirectory())
            : "external, " + String.join(", ", settings.contactPoints());
    return "Castalia is ready: Kafka clients connect to %s:%d (Cassandra: %s)"
        .formatted(node.address().host(), node.address().port(), store);
  }

  private static String durability(Config config) {
    String mode = config.getString("castalia.persistence.embedded-cassandra.commit-log");
    return "periodic".equalsIgnoreCase(mode)
        ? "not synced before acknowledgements"
        : "synced before each acknowledgement";
  }
}
