package io.castalia.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "alter",
    description =
        "Change a connector's configuration. Its tasks begin again with it where they were.")
final class ConnectorAlterCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private AdminEndpoint admin = new AdminEndpoint();

  @Parameters(index = "0", paramLabel = "NAME", description = "The connector's name.")
  private String name = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "What changes; all other keys stay as they are.")
  private Map<String, String> config = new LinkedHashMap<>();

  @Option(
      names = "--delete-config",
      paramLabel = "KEY",
      description = "Return a key to its default; repeatable.")
  private List<String> deleted = new ArrayList<>();

  ConnectorAlterCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (config.isEmpty() && deleted.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "expected KEY=VALUE or --delete-config");
    }
    JsonNode known = admin.get(AdminEndpoint.connector(name, "/config"));
    ObjectNode wanted = known.deepCopy();
    wanted.remove(deleted);
    config.forEach(wanted::put);
    var unused = admin.send("PUT", AdminEndpoint.connector(name, "/config"), wanted.toString());
    console.out().printf("Altered connector \"%s\".%n", name);
    console.out().flush();
    return ExitCode.OK;
  }
}
