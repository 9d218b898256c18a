package io.castalia.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A process that goes on until it is told to stop; what it prints goes to a file. */
public final class ServerProcess {

  private static final Duration STOP_TIMEOUT = Duration.ofMinutes(1);

  // Whoever is interrupted, by Ctrl-C or SIGTERM, leaves no process behind.
  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ServerProcess::killAll, "kill-processes"));
  }

  private final String name;
  private final Process process;
  private final Path output;

  private ServerProcess(String name, Process process, Path output) {
    this.name = name;
    this.process = process;
    this.output = output;
  }

  /**
   * Starts a process.
   *
   * @param name for messages
   * @param environment added to this process's own
   * @param output the file that takes what it prints; replaced
   */
  public static ServerProcess start(
      String name, List<String> command, Map<String, String> environment, Path output) {
    try {
      Files.createDirectories(output.toAbsolutePath().getParent());
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      return new ServerProcess(name, builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException("expected to start " + name + " with " + command, e);
    }
  }

  private static void killAll() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * Waits for a line that contains the text.
   *
   * @throws IllegalStateException if the process ends first
   */
  public String awaitLine(String text, Duration timeout) {
    return Awaitility.await(name + " to print \"" + text + "\"")
        .atMost(timeout)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> lineOrEnd(text), line -> !line.isEmpty());
  }

  private String lineOrEnd(String text) {
    boolean ended = !process.isAlive();
    String found = printed().lines().filter(line -> line.contains(text)).findFirst().orElse("");
    if (ended && found.isEmpty()) {
      throw new IllegalStateException(
          name + " ended with " + process.exitValue() + " and printed:\n" + printed());
    }
    return found;
  }

  /** Everything that it has printed. */
  public String printed() {
    try {
      return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process itself, then those that it started and that still live. */
  public List<ProcessHandle> family() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Kills it as {@code kill -9} does, and waits for its end. Its children are left alone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(STOP_TIMEOUT);
  }

  /** Asks it to end as SIGTERM does, waits, and leaves no process of its family behind. */
  public void stop() {
    List<ProcessHandle> family = family();
    process.destroy();
    boolean clean = awaitEnd(STOP_TIMEOUT);
    family.forEach(ProcessHandle::destroyForcibly);
    if (!clean) {
      throw new IllegalStateException(
          name + " did not stop within " + STOP_TIMEOUT + " of being asked to");
    }
  }

  /** Waits for its end; false if it still lives after the timeout. */
  public boolean awaitEnd(Duration timeout) {
    try {
      return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the end of " + name, e);
    }
  }
}
