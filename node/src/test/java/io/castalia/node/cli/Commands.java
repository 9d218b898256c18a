package io.castalia.node.cli;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * Runs of the command line that are meant for one node.
 *
 * @param option by which commands are told of the node
 * @param address where it is
 */
record Commands(String option, String address) {
  static Commands bootstrap(String address) {
    return new Commands("--bootstrap", address);
  }

  static Commands admin(String address) {
    return new Commands("--admin", address);
  }

  CommandLineRun run(String... command) {
    return runWithInput("", command);
  }

  /** With characters of ISO 8859-1 as its standard input, so that every byte can be said. */
  CommandLineRun runWithInput(String input, String... command) {
    return CommandLineRun.withInput(
        input.getBytes(StandardCharsets.ISO_8859_1),
        Stream.concat(Stream.of(command), Stream.of(option, address)).toArray(String[]::new));
  }
}
