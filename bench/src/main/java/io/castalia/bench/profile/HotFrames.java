package io.castalia.bench.profile;

import java.io.IOException;
import java.nio.file.Path;
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

  private final Map<String, Integer> byThread = new HashMap<>();
  private final Map<String, Integer> byTop = new HashMap<>();
  private final Map<String, Integer> byPackage = new HashMap<>();
  private int samples;

  static HotFrames of(Path recording) throws IOException {
    HotFrames frames = new HotFrames();
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        if (SAMPLES.contains(event.getEventType().getName()) && event.getStackTrace() != null) {
          frames.add(event);
        }
      }
    }
    return frames;
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

  /** A thread that waits for the network in native code is sampled as if it ran. */
  private static boolean isWaiting(String top) {
    return top.startsWith("EPoll.wait")
        || top.startsWith("Net.accept")
        || top.contains("epollWait");
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
    return samples
        + " samples\nby thread\n"
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
