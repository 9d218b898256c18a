package io.castalia.bench.compare;

import io.castalia.bench.server.ProcessUsage;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The client's side of a load, each run in a process of its own on Kafka's class path: Kafka's
 * unmodified producer tool, and plain clients of ours ({@link ConsumeAll}, {@link LatencyProbe}),
 * since Kafka's consumer tool needs a consumer group and its latency tool waits for each record
 * before it sends the next. All are the same for every broker.
 */
public final class LoadTool {

  private static final Duration TIMEOUT = Duration.ofMinutes(30);

  private final Path work;

  /**
   * The tools.
   *
   * @param work for what they print
   */
  public LoadTool(Path work) {
    this.work = work;
  }

  LoadResult produce(String bootstrap, String topic, ProduceLoad load, long records) {
    return measured(
        () -> {
          ServerProcess producer = producer(bootstrap, topic, load, records);
          return ToolOutput.PRODUCED.read(finished(producer), records);
        });
  }

  /** What a topic has, read so many times, by so many readers at once. */
  LoadResult consume(String bootstrap, String topic, Reading reading) {
    return measured(
        () -> {
          ServerProcess consumer = consumer(bootstrap, topic, reading);
          return ToolOutput.CONSUMED.read(finished(consumer), reading.all());
        });
  }

  /** At once; the figures are the consumer's, the latency is the producer's. */
  LoadResult produceAndConsume(String bootstrap, String topic, ProduceLoad load, long records) {
    return measured(
        () -> {
          ServerProcess consumer = consumer(bootstrap, topic, new Reading(1, records, 1));
          ServerProcess producer = producer(bootstrap, topic, load, records);
          LoadResult produced = ToolOutput.PRODUCED.read(finished(producer), records);
          LoadResult consumed = ToolOutput.CONSUMED.read(finished(consumer), records);
          return new LoadResult(
              records,
              consumed.recordsPerSecond(),
              produced.latency(),
              consumed.longestPauseMillis(),
              0);
        });
  }

  /**
   * A steady load, timed.
   *
   * @param topic where records of 8 bytes and more may be added
   */
  public LoadResult latency(String bootstrap, String topic, SteadyLoad load) {
    return measured(
        () -> {
          ServerProcess probe =
              start(
                  LatencyProbe.class.getName(),
                  bootstrap,
                  topic,
                  Integer.toString(load.perSecond()),
                  Integer.toString(load.recordBytes()),
                  Long.toString(load.records()),
                  Boolean.toString(load.inTurn()));
          // As many again are sent before: the processor time is that of both.
          return ToolOutput.TIMED.read(finished(probe), 2 * load.records());
        });
  }

  private ServerProcess producer(String bootstrap, String topic, ProduceLoad load, long records) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--bootstrap-server",
                bootstrap,
                "--topic",
                topic,
                "--num-records",
                Long.toString(records)));
    arguments.addAll(load.arguments());
    return start("org.apache.kafka.tools.ProducerPerformance", arguments.toArray(String[]::new));
  }

  private ServerProcess consumer(String bootstrap, String topic, Reading reading) {
    return start(
        ConsumeAll.class.getName(),
        bootstrap,
        topic,
        Integer.toString(reading.readers()),
        Long.toString(reading.records()),
        Integer.toString(reading.times()));
  }

  /** A client in a process of its own. */
  ServerProcess start(String main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(ProjectPaths.java(), "-Xms512m", "-Xmx512m", "-cp", classPath(), main));
    command.addAll(Arrays.asList(arguments));
    String output = main.substring(main.lastIndexOf('.') + 1) + ".out";
    return ServerProcess.start(main, command, Map.of(), work.resolve(output));
  }

  private static String finished(ServerProcess tool) {
    if (!tool.awaitEnd(TIMEOUT)) {
      tool.kill();
      throw new IllegalStateException(
          "expected a tool to end within " + TIMEOUT + ", but it printed:\n" + tool.printed());
    }
    return tool.printed();
  }

  /** Adds what the tools' processes took, which must have ended by then. */
  static LoadResult measured(Load load) {
    double before = ProcessUsage.cpuSecondsOfEndedChildren();
    LoadResult result = load.run();
    return new LoadResult(
        result.records(),
        result.recordsPerSecond(),
        result.latency(),
        result.longestPauseMillis(),
        ProcessUsage.cpuSecondsOfEndedChildren() - before);
  }

  /** What clients do. */
  interface Load {
    LoadResult run();
  }

  private static String classPath() {
    return ProjectPaths.kafkaClassPath() + ":" + ProjectPaths.of(ConsumeAll.class);
  }
}
