package io.castalia.bench.compare;

import io.castalia.bench.server.ProcessUsage;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.ServerProcess;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The client's side of a load, each run in a process of its own on Kafka's class path: Kafka's
 * unmodified producer tool, and a plain consumer of ours ({@link ConsumeAll}), since Kafka's
 * consumer tool needs a consumer group. Both are the same for every broker.
 */
final class LoadTool {

  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final Pattern PRODUCED =
      Pattern.compile("(\\d+) records sent, ([\\d.]+) records/sec.* ([\\d.]+) ms 99th");
  private static final Pattern CONSUMED =
      Pattern.compile("(\\d+) records read, ([\\d.]+) records/sec");

  private final Path work;

  LoadTool(Path work) {
    this.work = work;
  }

  LoadResult produce(String bootstrap, String topic, Scenario scenario, long records) {
    String printed =
        run(
            "org.apache.kafka.tools.ProducerPerformance",
            "--bootstrap-server",
            bootstrap,
            "--topic",
            topic,
            "--num-records",
            Long.toString(records),
            "--record-size",
            Integer.toString(scenario.recordBytes()),
            "--throughput",
            "-1",
            "--command-property",
            "acks=all",
            "linger.ms=5",
            "batch.size=" + scenario.batchBytes());
    return parse(printed, PRODUCED, records);
  }

  LoadResult consume(String bootstrap, String topic, long records) {
    String printed = run(ConsumeAll.class.getName(), bootstrap, topic, Long.toString(records));
    return parse(printed, CONSUMED, records);
  }

  private String run(String main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(ProjectPaths.java(), "-Xms512m", "-Xmx512m", "-cp", classPath(), main));
    command.addAll(List.of(arguments));
    double before = ProcessUsage.cpuSecondsOfEndedChildren();
    ServerProcess tool = ServerProcess.start(main, command, Map.of(), work.resolve("client.out"));
    if (!tool.awaitEnd(TIMEOUT)) {
      tool.kill();
      throw new IllegalStateException(
          main + " took longer than " + TIMEOUT + ":\n" + tool.printed());
    }
    return tool.printed() + "\ncpu " + (ProcessUsage.cpuSecondsOfEndedChildren() - before);
  }

  private static String classPath() {
    try {
      String own =
          Path.of(ConsumeAll.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .toString();
      return ProjectPaths.kafkaClassPath() + ":" + own;
    } catch (URISyntaxException e) {
      throw new IllegalStateException("expected to know where this class is from", e);
    }
  }

  /** The last line that fits counts: the tools print intermediate figures of the same form. */
  private static LoadResult parse(String printed, Pattern pattern, long expectedRecords) {
    Matcher matcher = pattern.matcher(printed);
    LoadResult last = null;
    double cpu = Double.parseDouble(printed.substring(printed.lastIndexOf("cpu ") + 4));
    while (matcher.find()) {
      double p99 = matcher.groupCount() > 2 ? Double.parseDouble(matcher.group(3)) : 0;
      last =
          new LoadResult(
              Long.parseLong(matcher.group(1)), Double.parseDouble(matcher.group(2)), p99, cpu);
    }
    if (last == null || last.records() != expectedRecords) {
      throw new IllegalStateException(
          "expected " + expectedRecords + " records, but the tool printed:\n" + printed);
    }
    return last;
  }
}
