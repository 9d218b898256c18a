package io.castalia.node.cli;

import com.typesafe.config.Config;
import io.castalia.node.NodeLogging;
import io.castalia.node.NodeSettings;
import io.castalia.persistence.embedded.EmbeddedCassandra;
import io.castalia.persistence.embedded.EmbeddedCassandraSettings;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "cassandra",
    description = "Run the embedded Cassandra alone in the foreground, for several nodes to share.")
final class CassandraCommand implements Callable<Integer> {
  private static final String SECTION = "castalia.persistence.embedded-cassandra";

  private final Console console;

  @Mixin private NodeOptions options = new NodeOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "9042",
      description = "The port of Cassandra's native protocol (default: ${DEFAULT-VALUE}).")
  private int port = 9042;

  CassandraCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Config config = options.load(Map.of(SECTION + ".port", port));
    NodeSettings settings = NodeSettings.of(config);
    NodeLogging.toFile(settings.logDirectory());
    console.err().println("Starting Cassandra");
    EmbeddedCassandra cassandra =
        EmbeddedCassandra.start(
            EmbeddedCassandraSettings.from(
                config.getConfig(SECTION), settings.cassandraDirectory()));
    StopOnSignal signal =
        StopOnSignal.install(() -> CompletableFuture.runAsync(cassandra::close), console.err());
    String address =
        cassandra.contactPoint().getHostString() + ":" + cassandra.contactPoint().getPort();
    console
        .out()
        .printf(
            "Cassandra is ready at %s; nodes use it with"
                + " castalia.persistence.cassandra.contact-points = [\"%s\"]%n",
            address, address);
    console.out().flush();
    int exitCode = cassandra.exit().toCompletableFuture().join();
    signal.ended();
    throw new CommandFailure("Cassandra ended with exit code " + exitCode);
  }
}
