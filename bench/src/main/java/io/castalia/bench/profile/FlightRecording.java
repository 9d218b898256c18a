package io.castalia.bench.profile;

import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A flight recording of another JVM. */
public final class FlightRecording {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private final long pid;
  private final Path file;

  private FlightRecording(long pid, Path file) {
    this.pid = pid;
    this.file = file;
  }

  /** Starts to record; nothing is written before it is stopped. */
  public static FlightRecording start(long pid, Path file) {
    FlightRecording recording = new FlightRecording(pid, file);
    recording.jcmd("JFR.start", "name=bench", "settings=profile");
    return recording;
  }

  /** Ends the recording and gives the file that it is in. */
  public Path stop() {
    jcmd("JFR.stop", "name=bench", "filename=" + file.toAbsolutePath());
    return file;
  }

  private void jcmd(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(ProjectPaths.java()).resolveSibling("jcmd").toString());
    command.add(Long.toString(pid));
    command.addAll(List.of(arguments));
    Path output = file.resolveSibling("jcmd.out");
    ServerProcess tool = ServerProcess.start("jcmd", command, Map.of(), output);
    if (!tool.awaitEnd(TIMEOUT)) {
      throw new IllegalStateException("jcmd took longer than " + TIMEOUT);
    }
  }
}
