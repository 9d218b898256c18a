package io.castalia.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * One run of the command line in this process.
 *
 * @param exitCode what the shell would see
 * @param out all of standard output, as ISO 8859-1 so that no byte is lost
 * @param err all of standard error
 */
record CommandLineRun(int exitCode, String out, String err) {
  static CommandLineRun of(String... args) {
    return withInput(new byte[0], args);
  }

  static CommandLineRun withInput(byte[] input, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(input),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    int exitCode = CommandTree.of(console).execute(args);
    return new CommandLineRun(
        exitCode,
        out.toString(StandardCharsets.ISO_8859_1),
        err.toString(StandardCharsets.ISO_8859_1));
  }

  /** That it has done what it was to do, and had nothing to complain about. */
  void assertDone() {
    assertThat(err).isEmpty();
    assertThat(exitCode).isZero();
  }

  /** That it has failed, and says in one line why. */
  void assertFailed(String... because) {
    assertThat(exitCode).isEqualTo(1);
    assertThat(err).contains(because).hasLineCount(1).startsWith("castalia: ");
  }
}
