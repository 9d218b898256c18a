package io.castalia.bench.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** What a flight recording's samples of running threads add up to. */
final class HotFrames {

  private static final Set<String> SAMPLES =
      Set.of("jdk.ExecutionSample", "jdk.NativeMethodSample");

  private static final Set<String> WAITING =
      Set.of(
          "EPoll.wait",
          "Net.accept",
          "Native.epollWait0",
          "Native.epollWait",
          "ProcessHandleImpl.waitForProcessExit0",
          "FileInputStream.readBytes");

  private final Map<String, Integer> byThread = new HashMap<>();
  private final Map<String, Integer> byTop = new HashMap<>();
  private final Map<String, Integer> byPackage = new HashMap<>();
  private int samples;
  private Duration collecting = Duration.ZERO;
  private Duration compiling = Duration.ZERO;

  static HotFrames of(Path recording) throws IOException {
    HotFrames frames = new HotFrames();
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        frames.take(file.readEvent());
      }
    }
    return frames;
  }

  private void take(RecordedEvent event) {
    String type = event.getEventType().getName();
    if (SAMPLES.contains(type) && event.getStackTrace() != null) {
      add(event);
    } else if (type.equals("jdk.GarbageCollection")) {
      collecting = collecting.plus(event.getDuration("sumOfPauses"));
    } else if (type.equals("jdk.Compilation")) {
      compiling = compiling.plus(event.getDuration());
    }
  }

  private void add(RecordedEvent sample) {
    List<RecordedMethod> methods =
        sample.getStackTrace().getFrames().stream().map(RecordedFrame::getMethod).toList();
    if (methods.isEmpty() || isWaiting(name(methods.get(0)))) {
      return;
    }
    samples++;
    RecordedThread thread = sample.getThread("sampledThread");
    count(byThread, thread == null ? "?" : withoutNumbers(String.valueOf(thread.getJavaName())));
    count(byTop, name(methods.get(0)));
    Set<String> packages =
        methods.stream()
            .map(HotFrames::packageOf)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    packages.forEach(name -> count(byPackage, name));
  }

  /**
   * A thread that waits in native code, for the network or for a process, is sampled as if it ran.
   */
  private static boolean isWaiting(String top) {
    return WAITING.contains(top);
  }

  private static String withoutNumbers(String thread) {
    return thread.replaceAll("\\d+", "#");
  }

  private static String name(RecordedMethod method) {
    String type = method.getType().getName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
  }

  private static String packageOf(RecordedMethod method) {
    String type = method.getType().getName();
    int dot = type.lastIndexOf('.');
    return dot < 0 ? type : type.substring(0, dot);
  }

  private static void count(Map<String, Integer> counts, String key) {
    counts.merge(key, 1, Integer::sum);
  }

  /** The most frequent of each, with their share of all samples. */
  String format(int lines) {
    Function<Map<String, Integer>, String> table = counts -> most(counts, lines);
    return "%.1f s paused for collections, %.1f s of long compilations, %d samples%nby thread%n"
            .formatted(collecting.toMillis() / 1e3, compiling.toMillis() / 1e3, samples)
        + table.apply(byThread)
        + "by running method\n"
        + table.apply(byTop)
        + "by package anywhere on the stack\n"
        + table.apply(byPackage);
  }

  private String most(Map<String, Integer> counts, int lines) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(lines)
        .map(
            entry ->
                "  %5.1f %%  %s%n".formatted(100.0 * entry.getValue() / samples, entry.getKey()))
        .collect(Collectors.joining());
  }
}
