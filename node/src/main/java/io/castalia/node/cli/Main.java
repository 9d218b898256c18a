package io.castalia.node.cli;

import io.castalia.node.NodeLogging;

/** Entry point of the launcher {@code castalia}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    NodeLogging.silent();
    Console console = Console.ofProcess();
    int exitCode = CommandTree.of(console).execute(args);
    console.out().flush();
    System.exit(exitCode);
  }
}
