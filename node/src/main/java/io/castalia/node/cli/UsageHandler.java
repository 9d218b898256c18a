package io.castalia.node.cli;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the command line, and how to learn more. */
final class UsageHandler implements IParameterExceptionHandler {
  private final PrintStream err;

  UsageHandler(PrintStream err) {
    this.err = err;
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    err.println("castalia: " + FailureText.oneLine(wrong.getMessage()));
    if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
      command.usage(err, command.getColorScheme());
    }
    err.println("More: ./castalia help, or any command with --help");
    return ExitCode.USAGE;
  }
}
