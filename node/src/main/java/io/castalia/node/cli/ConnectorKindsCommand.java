package io.castalia.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(name = "kinds", description = "List the kinds of connectors and the keys of each.")
final class ConnectorKindsCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private AdminEndpoint admin = new AdminEndpoint();

  ConnectorKindsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    admin.get("/connector-plugins").forEach(this::print);
    console.out().flush();
    return ExitCode.OK;
  }

  private void print(JsonNode kind) {
    console
        .out()
        .printf("%s: %s%n", kind.path("class").asText(), kind.path("description").asText());
    kind.path("keys")
        .forEach(
            key ->
                console
                    .out()
                    .printf(
                        "  %s (%s): %s%n",
                        key.path("name").asText(),
                        key.path("expected").asText() + without(key),
                        key.path("purpose").asText()));
  }

  /** What holds when the key is left out. */
  private static String without(JsonNode key) {
    if (key.path("required").asBoolean()) {
      return "; required";
    }
    String text = key.path("default").asText();
    return text.isEmpty() ? "" : "; " + text + " without it";
  }
}
