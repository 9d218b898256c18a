package io.castalia.bench.churn;

import io.castalia.bench.load.Threads;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.Signals;
import io.castalia.testkit.group.GroupEvent.Vanished;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A member in a process of its own, which can be killed or frozen. */
final class ProcessMember implements Member {

  private static final List<String> JVM =
      List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private final String name;
  private final Recorder recorder;
  private final Process process;
  private final BufferedReader lines;
  private final Thread listener;
  private volatile boolean expectedToEnd;

  /**
   * Starts it, and returns when it is about to join.
   *
   * @param output the file that takes what it has to complain of
   */
  ProcessMember(String name, MemberSettings settings, Recorder recorder, Path output) {
    this.name = name;
    this.recorder = recorder;
    List<String> command = new ArrayList<>(List.of(ProjectPaths.java()));
    command.addAll(JVM);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(MemberProcess.class.getName(), name));
    command.addAll(settings.arguments());
    try {
      this.process = new ProcessBuilder(command).redirectError(output.toFile()).start();
      this.lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String first = lines.readLine();
      if (!MemberProcess.READY.equals(first)) {
        throw new IllegalStateException("expected " + name + " to start, but it said " + first);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("expected to start a member with " + command, e);
    }
    this.listener = new Thread(this::listen, name + "-listener");
    listener.start();
  }

  private void listen() {
    try (lines) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        recorder.note(EventLines.read(name, line));
      }
    } catch (IOException e) {
      noteUnlessExpected("could not be heard: " + e);
    }
    noteUnlessExpected("ended by itself");
  }

  private void noteUnlessExpected(String what) {
    if (!expectedToEnd) {
      recorder.failed(name + " " + what);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void leave() {
    order(MemberProcess.LEAVE);
  }

  @Override
  public void leaveSilently() {
    order(MemberProcess.LEAVE_SILENTLY);
  }

  private void order(String order) {
    expectedToEnd = true;
    try {
      process.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException("expected " + name + " to take an order", e);
    }
  }

  /** Ends it as {@code kill -9} does. By its handle, which leaves what it has said to be heard. */
  void kill() {
    expectedToEnd = true;
    recorder.note(new Vanished(name));
    process.toHandle().destroyForcibly();
  }

  /** Lets it stand still. */
  void freeze() {
    recorder.note(new Vanished(name));
    Signals.freeze(process.pid());
  }

  /** Lets it go on. */
  void thaw() {
    Signals.thaw(process.pid());
  }

  @Override
  public void awaitEnd() {
    Threads.join(listener);
  }

  /** Leaves no process behind. */
  void destroy() {
    expectedToEnd = true;
    process.destroyForcibly();
  }
}
