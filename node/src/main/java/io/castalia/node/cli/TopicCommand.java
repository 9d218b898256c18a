package io.castalia.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "topic",
    description = "Create, list, describe, alter and delete topics.",
    synopsisSubcommandLabel = "COMMAND")
final class TopicCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a topic command");
  }
}
