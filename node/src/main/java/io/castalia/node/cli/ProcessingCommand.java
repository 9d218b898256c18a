package io.castalia.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "processing",
    description = "Look at applications that process topics, and reset them.",
    synopsisSubcommandLabel = "COMMAND")
final class ProcessingCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a processing command");
  }
}
