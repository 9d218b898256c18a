package io.castalia.bench.overload;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.Side;
import io.castalia.bench.server.Topics;
import io.castalia.bench.server.WorkDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code castalia-bench growth}. */
@Command(
    name = "growth",
    description =
        "Lets producers of 1 KB records work as fast as they can, with more and more partitions,"
            + " then with more and more connections.")
public final class GrowthCommand implements Callable<Integer> {

  /** While the number of the other grows. */
  private static final int PARTITIONS = 8;

  private static final int PRODUCERS = 4;

  private final PrintStream out = System.out;

  @Option(
      names = "--sides",
      split = ",",
      description =
          "Which servers, in the order of the rounds: ${COMPLETION-CANDIDATES}. Default: CASTALIA,"
              + " KAFKA.")
  private Side[] sides = {Side.CASTALIA, Side.KAFKA};

  @Option(
      names = "--partitions",
      split = ",",
      description = "Of a topic, each in turn. Default: 1, 4, 16, 100.")
  private int[] partitions = {1, 4, 16, 100};

  @Option(
      names = "--producers",
      split = ",",
      description = "With a connection each, each in turn. Default: 1, 5, 20, 50.")
  private int[] producers = {1, 5, 20, 50};

  @Option(names = "--seconds", description = "Of each part. Default: ${DEFAULT-VALUE}.")
  private int seconds = 10;

  @Option(
      names = "--warm-up",
      description = "Seconds of work before all parts. Default: ${DEFAULT-VALUE}.")
  private int warmUp = 90;

  private int topics;
  private long failed;

  @Override
  public Integer call() throws Exception {
    Path work = WorkDirectory.ofThisProcess(ProjectPaths.work(), "growth");
    List<Broker> servers = Arrays.stream(sides).map(side -> side.broker(work, List.of())).toList();
    try {
      for (Broker server : servers) {
        server.start();
        part(server, new Shape(PARTITIONS, PRODUCERS), Duration.ofSeconds(warmUp));
      }
      for (Shape shape : shapes()) {
        for (Broker server : servers) {
          part(server, shape, Duration.ofSeconds(seconds));
        }
      }
    } finally {
      servers.forEach(Broker::close);
      WorkDirectory.delete(work);
    }
    return failed == 0 ? 0 : 1;
  }

  private record Shape(int partitions, int producers) {}

  private List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    Arrays.stream(partitions).forEach(count -> shapes.add(new Shape(count, PRODUCERS)));
    Arrays.stream(producers).forEach(count -> shapes.add(new Shape(PARTITIONS, count)));
    return shapes;
  }

  private void part(Broker server, Shape shape, Duration time) throws InterruptedException {
    String topic = "growth-" + topics++;
    Topics.create(server.bootstrap(), topic, shape.partitions());
    Topics.writeOnce(server.bootstrap(), topic, shape.partitions());
    CrowdResult result = Crowd.work(server.bootstrap(), topic, shape.producers(), time);
    failed += result.failed();
    out.println(
        result.format(
            "%s: %d partitions, %d producers"
                .formatted(server.name(), shape.partitions(), shape.producers())));
    out.flush();
  }
}
