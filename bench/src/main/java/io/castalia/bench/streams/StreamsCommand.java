package io.castalia.bench.streams;

import io.castalia.bench.applications.Work;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.Side;
import io.castalia.bench.server.WorkDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code castalia-bench streams}. */
@Command(
    name = "streams",
    description =
        "Runs the same work on streams with Castalia and with Kafka Streams (exactly_once_v2) in"
            + " turn: how fast each is, and how soon it goes on after a kill -9. On both sides a"
            + " first application makes an archive of its classes, with which all others start.")
public final class StreamsCommand implements Callable<Integer> {
  private static final long MEGABYTE = 1_000_000;

  private final PrintStream out = System.out;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--sides",
      split = ",",
      description =
          "Which servers, in the order of the rounds: CASTALIA, KAFKA, KAFKA_DURABLE."
              + " Default: the first two.")
  private Side[] sides = {Side.CASTALIA, Side.KAFKA};

  @Option(
      names = "--work",
      split = ",",
      description = "What is done: ${COMPLETION-CANDIDATES}. Default: all.")
  private Work[] work = Work.values();

  @Option(names = "--rounds", description = "Rounds on each side. Default: ${DEFAULT-VALUE}.")
  private int rounds = 3;

  @Option(
      names = "--records",
      description = "Records of 100 B that wait for each application. Default: ${DEFAULT-VALUE}.")
  private long records = 2_000_000;

  @Option(names = "--keys", description = "Keys of these records. Default: ${DEFAULT-VALUE}.")
  private long keys = 100_000;

  @Option(
      names = "--state",
      description =
          "MB of state (keys and counts) of the application that is killed; 0: none is killed."
              + " Default: ${DEFAULT-VALUE}.")
  private long state = 50;

  @Option(
      names = "--heap",
      description = "Heap of an application, as -Xmx takes it. Default: ${DEFAULT-VALUE}.")
  private String heap = "1g";

  @Option(
      names = "--session-timeout",
      description =
          "Milliseconds after which Kafka's group misses a member; by Kafka's default of 45 s"
              + " nothing but that would be seen. Default: ${DEFAULT-VALUE}.")
  private int sessionTimeout = 6_000;

  @Option(names = "--quick", description = "One round of 200,000 records, 10 MB of state.")
  private boolean quick;

  @Override
  public Integer call() {
    if (quick) {
      rounds = 1;
      records = 200_000;
      keys = 10_000;
      state = 10;
    }
    Path directory = WorkDirectory.fresh(ProjectPaths.work().resolve("streams"));
    List<Platform> platforms = Arrays.stream(sides).map(side -> platform(side, directory)).toList();
    try {
      platforms.forEach(Platform::start);
      out.println(run(platforms));
    } finally {
      platforms.forEach(Platform::close);
      WorkDirectory.delete(directory);
    }
    return 0;
  }

  private Platform platform(Side side, Path directory) {
    return switch (side) {
      case CASTALIA -> new CastaliaPlatform(directory.resolve("castalia"));
      case KAFKA, KAFKA_DURABLE ->
          new KafkaPlatform(
              directory.resolve(side.name()), side.broker(directory, List.of()), sessionTimeout);
      case CASTALIA_PERIODIC ->
          throw refusal("expected sides out of CASTALIA, KAFKA, KAFKA_DURABLE, but got " + side);
    };
  }

  private RuntimeException refusal(String message) {
    return spec == null
        ? new IllegalArgumentException(message)
        : new ParameterException(spec.commandLine(), message);
  }

  private String run(List<Platform> platforms) {
    StreamsRun run =
        new StreamsRun(new StreamsRun.Settings(records, keys, state * MEGABYTE, heap), out);
    List<Speed> speeds = new ArrayList<>();
    List<Resumption> resumptions = new ArrayList<>();
    platforms.forEach(run::prepare);
    platforms.forEach(run::train);
    for (Work each : work) {
      for (int round = 1; round <= rounds; round++) {
        for (Platform platform : platforms) {
          speeds.add(run.speed(platform, each, round));
        }
      }
    }
    for (int round = 1; state > 0 && round <= rounds; round++) {
      for (Platform platform : platforms) {
        resumptions.add(run.resumption(platform, round));
      }
    }
    return StreamsTable.format(speeds, resumptions);
  }
}
