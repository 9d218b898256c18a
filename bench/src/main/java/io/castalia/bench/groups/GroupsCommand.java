package io.castalia.bench.groups;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.Side;
import io.castalia.bench.server.Topics;
import io.castalia.bench.server.WorkDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code castalia-bench groups}. */
@Command(
    name = "groups",
    description =
        "Looks for the heartbeats and commits of consumer groups that Castalia and Kafka sustain.")
public final class GroupsCommand implements Callable<Integer> {
  /** All members connect from one address. */
  static final String CASTALIA_CONFIG =
      "castalia.kafka.connections { max = 50000, max-per-address = 50000 }\n";

  private static final GroupShape WARM_UP = new GroupShape(20, 10);

  private final PrintStream out = System.out;

  @Option(
      names = "--sides",
      split = ",",
      description = "Which servers, in the order of the rounds: ${COMPLETION-CANDIDATES}.")
  private Side[] sides = {Side.CASTALIA, Side.KAFKA, Side.KAFKA_DURABLE};

  @Option(
      names = "--shapes",
      split = ",",
      description = "Groups x members that send heartbeats. Default: ${DEFAULT-VALUE}.")
  private String[] shapes = {"100x10", "1000x10", "10000x1", "10x500"};

  @Option(
      names = "--commit-shapes",
      split = ",",
      description = "Of these, those that commit too. Default: ${DEFAULT-VALUE}.")
  private String[] commitShapes = {"100x10", "1000x10"};

  @Option(
      names = "--restart-shapes",
      split = ",",
      description = "Of these, those whose server restarts. Default: ${DEFAULT-VALUE}.")
  private String[] restartShapes = {"1000x10"};

  @Option(names = "--rounds", description = "Rounds on each side. Default: ${DEFAULT-VALUE}.")
  private int rounds = 3;

  @Option(
      names = "--seconds",
      description = "How long a rate is held, after one second. Default: ${DEFAULT-VALUE}.")
  private int seconds = 5;

  @Option(
      names = "--warm-up",
      description = "Seconds of load on each side before. Default: ${DEFAULT-VALUE}.")
  private int warmUp = 30;

  @Option(
      names = "--most",
      description = "The highest rate that is tried. Default: ${DEFAULT-VALUE}.")
  private double most = 100_000;

  @Option(
      names = "--limit",
      description = "What p99 stays below, in milliseconds. Default: ${DEFAULT-VALUE}.")
  private double limit = 50;

  @Option(names = "--quick", description = "One round of one shape on each side.")
  private boolean quick;

  @Override
  public Integer call() throws IOException {
    if (quick) {
      shapes = new String[] {"100x10"};
      commitShapes = shapes;
      restartShapes = shapes;
      rounds = 1;
      seconds = 2;
      warmUp = 10;
    }
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("groups"));
    Path config = Files.writeString(work.resolve("castalia.conf"), CASTALIA_CONFIG);
    List<String> options = List.of("--config", config.toString());
    List<Broker> brokers = Arrays.stream(sides).map(side -> side.broker(work, options)).toList();
    try {
      brokers.forEach(Broker::start);
      out.println(new GroupsTable(brokers, run(brokers)).format());
    } finally {
      brokers.forEach(Broker::close);
      WorkDirectory.delete(work);
    }
    return 0;
  }

  private List<ShapeResult> run(List<Broker> brokers) {
    GroupsRun run =
        new GroupsRun(
            new GroupsRun.Settings(
                Duration.ofSeconds(seconds), most, quick ? 1.25 : 1.1, limit, Protocol.CLASSIC),
            out);
    brokers.forEach(
        broker -> {
          Topics.create(broker.bootstrap(), Fleet.TOPIC, Fleet.PARTITIONS);
          run.warmUp(broker, WARM_UP, Duration.ofSeconds(warmUp));
        });
    List<ShapeResult> results = new ArrayList<>();
    for (String name : shapes) {
      for (int round = 1; round <= rounds; round++) {
        for (Broker broker : brokers) {
          results.add(
              run.run(
                  broker,
                  GroupShape.parse(name),
                  name + "-" + round,
                  loads(name),
                  List.of(restartShapes).contains(name)));
        }
      }
    }
    return results;
  }

  private Set<GroupLoad> loads(String shape) {
    return List.of(commitShapes).contains(shape)
        ? EnumSet.allOf(GroupLoad.class)
        : EnumSet.of(GroupLoad.HEARTBEAT);
  }
}
