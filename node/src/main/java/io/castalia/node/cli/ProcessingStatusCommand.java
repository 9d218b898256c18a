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
        "Show the tasks of an application that runs: how each is, and why, and what it has.")
final class ProcessingStatusCommand implements Callable<Integer> {
  private static final String ROW = "  %-8s %-9s %14s %14s%n";

  private final Console console;

  @Mixin private AdminEndpoint admin = new AdminEndpoint();

  @Parameters(paramLabel = "APPLICATION", description = "The application's id.")
  private String application = "";

  ProcessingStatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    JsonNode tasks = admin.get(AdminEndpoint.processing(application, "/tasks")).path("tasks");
    console.out().printf("Application \"%s\": %d task(s)%n", application, tasks.size());
    console.out().printf(ROW, "task", "condition", "records", "stored bytes");
    tasks.forEach(this::print);
    console.out().flush();
    return ExitCode.OK;
  }

  private void print(JsonNode task) {
    console
        .out()
        .printf(
            ROW,
            task.path("task").asText(),
            task.path("condition").asText(),
            task.path("records").asLong(),
            task.path("stored_bytes").asLong());
    String message = task.path("message").asText();
    if (!message.isEmpty()) {
      console.out().printf("    %s%n", FailureText.oneLine(message));
    }
    task.path("drops")
        .properties()
        .forEach(
            drop -> console.out().printf("    dropped %s: %s%n", drop.getValue(), drop.getKey()));
  }
}
