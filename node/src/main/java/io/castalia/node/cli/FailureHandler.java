package io.castalia.node.cli;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line why a command failed; never a stack trace. */
final class FailureHandler implements IExecutionExceptionHandler {
  private final PrintStream err;

  FailureHandler(PrintStream err) {
    this.err = err;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    err.println("castalia: " + FailureText.of(failure));
    return ExitCode.SOFTWARE;
  }
}
