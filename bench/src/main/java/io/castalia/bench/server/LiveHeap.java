package io.castalia.bench.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks another JVM for a full collection and for what is left after it. */
public final class LiveHeap {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  private LiveHeap() {}

  /**
   * Bytes of all objects that are alive.
   *
   * @param work a directory for what the tool prints
   */
  public static long bytesOf(long pid, Path work) {
    String jcmd = Path.of(ProjectPaths.java()).resolveSibling("jcmd").toString();
    List<String> command = List.of(jcmd, Long.toString(pid), "GC.class_histogram");
    ServerProcess tool = ServerProcess.start("jcmd", command, Map.of(), work.resolve("jcmd.out"));
    tool.awaitEnd(TIMEOUT);
    Matcher total = TOTAL.matcher(tool.printed());
    if (!total.find()) {
      throw new IllegalStateException("expected a heap histogram, but got " + tool.printed());
    }
    return Long.parseLong(total.group(1));
  }
}
