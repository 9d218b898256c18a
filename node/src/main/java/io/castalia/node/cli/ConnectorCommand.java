package io.castalia.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "connector",
    description = "Create, look at, alter, pause, resume, restart and delete connectors.",
    synopsisSubcommandLabel = "COMMAND")
final class ConnectorCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a connector command");
  }
}
