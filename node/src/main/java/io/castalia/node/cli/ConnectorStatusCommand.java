package io.castalia.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "status",
    description =
        "Show a connector: what it is to do, and each task's state, node and last failure.")
final class ConnectorStatusCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private AdminEndpoint admin = new AdminEndpoint();

  @Parameters(paramLabel = "NAME", description = "The connector's name.")
  private String name = "";

  ConnectorStatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    JsonNode info = admin.get(AdminEndpoint.connector(name, ""));
    JsonNode status = admin.get(AdminEndpoint.connector(name, "/status"));
    console
        .out()
        .printf(
            "Connector \"%s\": %s, %s%n",
            name, status.path("type").asText(), status.at("/connector/state").asText());
    info.path("config")
        .properties()
        .forEach(
            each -> console.out().printf("  %s=%s%n", each.getKey(), each.getValue().asText()));
    status.path("tasks").forEach(this::print);
    console.out().flush();
    return ExitCode.OK;
  }

  private void print(JsonNode task) {
    String worker = task.path("worker_id").asText();
    console
        .out()
        .printf(
            "Task %d: %s%s%n",
            task.path("id").asInt(),
            task.path("state").asText(),
            worker.isEmpty() ? "" : " on " + worker);
    if (task.has("trace")) {
      console.out().printf("  %s%n", FailureText.oneLine(task.path("trace").asText()));
    }
  }
}
