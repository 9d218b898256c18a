package io.castalia.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.node.ConnectorNode;
import java.time.Duration;
import java.util.stream.Stream;

/** What is done with connectors by the command line, which speaks to a node's HTTP endpoint. */
final class ConnectorCommands {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Commands commands;

  ConnectorCommands(ConnectorNode node) {
    this.commands = Commands.admin(node.admin());
  }

  CommandLineRun run(String... command) {
    return commands.run(
        Stream.concat(Stream.of("connector"), Stream.of(command)).toArray(String[]::new));
  }

  void awaitStatus(String name, String text) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(run("status", name).out()).contains(text));
  }
}
