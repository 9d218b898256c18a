package io.castalia.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    description =
        "List the connectors, one a line: name, kind, state, and how many of its tasks run, between"
            + " tabs.")
final class ConnectorListCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private AdminEndpoint admin = new AdminEndpoint();

  ConnectorListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    admin.get("/connectors?expand=status").properties().forEach(this::print);
    console.out().flush();
    return ExitCode.OK;
  }

  private void print(Map.Entry<String, JsonNode> connector) {
    JsonNode tasks = connector.getValue().at("/status/tasks");
    int running = 0;
    for (JsonNode task : tasks) {
      running += task.path("state").asText().equals("RUNNING") ? 1 : 0;
    }
    console
        .out()
        .printf(
            "%s\t%s\t%s\t%d/%d%n",
            connector.getKey(),
            connector.getValue().at("/info/config/connector.class").asText(),
            connector.getValue().at("/status/connector/state").asText(),
            running,
            tasks.size());
  }
}
