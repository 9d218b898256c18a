package io.castalia.node.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = {
      "Create a connector: castalia connector create NAME connector.class=KIND KEY=VALUE...",
      "\"castalia connector kinds\" tells the kinds and their keys."
    })
final class ConnectorCreateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private AdminEndpoint admin = new AdminEndpoint();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Java properties; keys of the command line come before those of the file.")
  private Optional<Path> file = Optional.empty();

  @Parameters(index = "0", paramLabel = "NAME", description = "The connector's name.")
  private String name = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "Its configuration.")
  private Map<String, String> config = new LinkedHashMap<>();

  ConnectorCreateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    ObjectNode wanted = new ObjectMapper().createObjectNode().put("name", name);
    ObjectNode values = wanted.putObject("config");
    file.ifPresent(path -> load(path).forEach(values::put));
    config.forEach(values::put);
    int tasks = admin.send("POST", "/connectors", wanted.toString()).path("tasks").size();
    console.out().printf("Created connector \"%s\" with %d task(s).%n", name, tasks);
    console.out().flush();
    return ExitCode.OK;
  }

  private static Map<String, String> load(Path path) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          "expected Java properties in \"%s\", but: %s"
              .formatted(path, FailureText.oneLine(e.toString())));
    }
    Map<String, String> values = new LinkedHashMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    values.remove("name");
    return values;
  }
}
