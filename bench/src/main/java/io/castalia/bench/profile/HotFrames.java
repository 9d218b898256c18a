package io.castalia.bench.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** What a flight recording's samples of running threads add up to. */
public final class HotFrames {

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
  private final Map<String, Long> allocatedByType = new HashMap<>();
  private final Map<String, Long> allocatedByCaller = new HashMap<>();
  private int samples;
  private double allocated;
  private Duration collecting = Duration.ZERO;
  private Duration compiling = Duration.ZERO;

  /** Reads a recording. */
  public static HotFrames of(Path recording) throws IOException {
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
    } else if (type.equals("jdk.ObjectAllocationSample") && event.getStackTrace() != null) {
      addAllocation(event);
    } else if (type.equals("jdk.GarbageCollection")) {
      collecting = collecting.plus(event.getDuration("sumOfPauses"));
    } else if (type.equals("jdk.Compilation")) {
      compiling = compiling.plus(event.getDuration());
    }
  }

  private void addAllocation(RecordedEvent sample) {
    long bytes = sample.getLong("weight");
    allocated += bytes;
    String type = sample.getClass("objectClass").getName();
    allocatedByType.merge(type.substring(type.lastIndexOf('.') + 1), bytes, Long::sum);
    sample.getStackTrace().getFrames().stream()
        .map(RecordedFrame::getMethod)
        .filter(method -> !packageOf(method).startsWith("java."))
        .findFirst()
        .ifPresent(caller -> allocatedByCaller.merge(name(caller), bytes, Long::sum));
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
  public String format(int lines) {
    return "%.1f s paused for collections, %.1f s of long compilations, %d samples, %.0f MB allocated%n"
            .formatted(
                collecting.toMillis() / 1e3, compiling.toMillis() / 1e3, samples, allocated / 1e6)
        + most("by thread", byThread, samples, lines)
        + most("by running method", byTop, samples, lines)
        + most("by package anywhere on the stack", byPackage, samples, lines)
        + most("allocated by type", allocatedByType, allocated, lines)
        + most("allocated by method outside of the JDK", allocatedByCaller, allocated, lines);
  }

  private static String most(
      String title, Map<String, ? extends Number> counts, double all, int lines) {
    return counts.entrySet().stream()
        .sorted(Comparator.comparingDouble(entry -> -entry.getValue().doubleValue()))
        .limit(lines)
        .map(
            entry ->
                "  %5.1f %%  %s%n"
                    .formatted(100 * entry.getValue().doubleValue() / all, entry.getKey()))
        .collect(Collectors.joining("", title + "\n", ""));
  }
}
