package io.castalia.bench.measure;

import io.castalia.bench.server.CastaliaNode;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.WorkDirectory;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code castalia-bench measures}. */
@Command(
    name = "measures",
    description =
        "Times starts, a thousand topics, a hundred partitions and a partition's wake-up.")
public final class MeasureCommand implements Callable<Integer> {

  /** Short enough to wait for it, long enough not to happen while a partition is used. */
  private static final int PASSIVATE_AFTER_SECONDS = 5;

  private final PrintStream out = System.out;

  @Option(names = "--topics", description = "How many. Default: ${DEFAULT-VALUE}.")
  private int topics = 1_000;

  @Option(names = "--partitions", description = "Of the wide topic. Default: ${DEFAULT-VALUE}.")
  private int partitions = 100;

  @Override
  public Integer call() throws Exception {
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("measures"));
    Path config = work.resolve("measures.conf");
    Files.writeString(
        config, "castalia.partition.passivate-after = " + PASSIVATE_AFTER_SECONDS + "s\n");
    Stopwatch watch = new Stopwatch(out);
    try (CastaliaNode node =
        new CastaliaNode(work, List.of("--config", config.toString()), Map.of())) {
      watch.time("first start, to the line that it is ready", () -> start(node));
      watch.time("stop", () -> stop(node));
      watch.time("later start", () -> start(node));
      try (NodeMeasures measures = new NodeMeasures(node.bootstrap(), watch)) {
        measures.manyTopics(topics);
        measures.wideTopic(partitions);
        measures.wakeUp(PASSIVATE_AFTER_SECONDS);
      }
      watch.time("stop with these topics", () -> stop(node));
      watch.time("start with these topics", () -> start(node));
    }
    return 0;
  }

  private static boolean start(CastaliaNode node) {
    node.start();
    return true;
  }

  private static boolean stop(CastaliaNode node) {
    node.close();
    return true;
  }
}
