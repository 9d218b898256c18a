package io.castalia.bench.clients;

import static java.lang.ProcessBuilder.Redirect.DISCARD;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.server.ProjectPaths;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs a command-line client to its end. */
final class Tool {

  private static final int TIMEOUT_SECONDS = 120;

  private final List<String> command;
  private final Runnable atEnd;
  private File input = new File("/dev/null");

  private Tool(List<String> command, Runnable atEnd) {
    this.command = command;
    this.atEnd = atEnd;
  }

  /** One of Kafka's own tools, by the name of its main class. */
  static Tool kafka(String main, String... arguments) {
    ToolClasses classes = new ToolClasses(main);
    List<String> command =
        new ArrayList<>(List.of(ProjectPaths.java(), "-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(classes.options());
    command.addAll(List.of("-cp", ProjectPaths.kafkaClassPath(), main));
    command.addAll(List.of(arguments));
    return new Tool(command, classes::keep);
  }

  /** Castalia's own command line. */
  static Tool castalia(String... arguments) {
    List<String> command = new ArrayList<>(List.of(ProjectPaths.launcher().toString()));
    command.addAll(List.of(arguments));
    return new Tool(command, () -> {});
  }

  /** Any program on the path. */
  static Tool program(String... command) {
    return new Tool(List.of(command), () -> {});
  }

  /** Skips the test, and says why, where there is no such program. */
  static void assumeInstalled(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(DISCARD).start();
      assertThat(process.waitFor()).as("exit code of %s", List.of(command)).isZero();
    } catch (IOException e) {
      Assumptions.abort(command[0] + " is not installed: " + e.getMessage());
    }
  }

  Tool from(Path file) {
    input = file.toFile();
    return this;
  }

  /** What it printed, if it ended well. */
  Output run() throws IOException, InterruptedException {
    return run(true);
  }

  /** What it printed, however it ended. */
  Output runToAnyEnd() throws IOException, InterruptedException {
    return run(false);
  }

  private Output run(boolean wellOnly) throws IOException, InterruptedException {
    Path out = Files.createTempFile("tool", ".out");
    Path err = Files.createTempFile("tool", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(input)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      Output output = new Output(Files.readAllBytes(out), Files.readString(err));
      assertThat(ended).as("%s ended: %s", command, output).isTrue();
      assertThat(!wellOnly || process.exitValue() == 0).as("%s: %s", command, output).isTrue();
      atEnd.run();
      return output;
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** What a tool printed. */
  static final class Output {

    private final byte[] standard;
    private final String errors;

    private Output(byte[] standard, String errors) {
      this.standard = standard;
      this.errors = errors;
    }

    List<String> lines() {
      return AccessLog.lines(standard);
    }

    /** What it printed anywhere, since tools differ in where they report. */
    String text() {
      return new String(standard, StandardCharsets.UTF_8) + errors;
    }

    @Override
    public String toString() {
      return text();
    }
  }
}
