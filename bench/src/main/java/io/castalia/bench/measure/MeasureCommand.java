package io.castalia.bench.measure;

import io.castalia.bench.server.CastaliaNode;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.WorkDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code castalia-bench measures}. */
@Command(
    name = "measures",
    description =
        "Times starts, a thousand topics, a hundred partitions and wake-ups of partitions, and"
            + " tells how much memory a partition takes.")
public final class MeasureCommand implements Callable<Integer> {

  private final PrintStream out = System.out;

  @Option(names = "--topics", description = "How many. Default: ${DEFAULT-VALUE}.")
  private int topics = 1_000;

  @Option(names = "--partitions", description = "Of the wide topic. Default: ${DEFAULT-VALUE}.")
  private int partitions = 100;

  @Option(
      names = "--unused",
      description =
          "Topics that nobody uses, each of --used partitions. Default: ${DEFAULT-VALUE}.")
  private int unused = 100;

  @Option(
      names = "--used",
      description = "Partitions that are loaded, left alone and woken. Default: ${DEFAULT-VALUE}.")
  private int used = 1_000;

  @Override
  public Integer call() throws Exception {
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("measures"));
    Stopwatch watch = new Stopwatch(out);
    try (CastaliaNode node = new CastaliaNode(work.resolve("topics"))) {
      watch.time("first start, to the line that it is ready", () -> start(node));
      watch.time("stop", () -> stop(node));
      watch.time("later start", () -> start(node));
      try (NodeMeasures measures = new NodeMeasures(node.bootstrap(), watch)) {
        measures.manyTopics(topics);
        measures.wideTopic(partitions);
      }
      watch.time("stop with these topics", () -> stop(node));
      watch.time("start with these topics", () -> start(node));
    }
    new PartitionMeasures(work.resolve("partitions"), out).run(unused, used);
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
