package io.castalia.bench.groups;

import io.castalia.bench.profile.FlightRecording;
import io.castalia.bench.profile.HotFrames;
import io.castalia.bench.server.CastaliaNode;
import io.castalia.bench.server.ProcessUsage;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.Topics;
import io.castalia.bench.server.WorkDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code castalia-bench profile-groups}. */
@Command(
    name = "profile-groups",
    description = "Records a node and its Cassandra while members of groups send at a fixed rate.")
public final class GroupsProfileCommand implements Callable<Integer> {
  private static final int SHOWN = 30;

  private final PrintStream out = System.out;

  @Option(names = "--shape", description = "Groups x members. Default: ${DEFAULT-VALUE}.")
  private String shape = "100x10";

  @Option(names = "--load", description = "What they send: ${COMPLETION-CANDIDATES}.")
  private GroupLoad load = GroupLoad.HEARTBEAT;

  @Option(names = "--rate", description = "How many a second. Default: ${DEFAULT-VALUE}.")
  private double rate = 1_000;

  @Option(names = "--warm-up", description = "Seconds before. Default: ${DEFAULT-VALUE}.")
  private int warmUp = 30;

  @Option(
      names = "--seconds",
      description = "How long each round lasts. Default: ${DEFAULT-VALUE}.")
  private int seconds = 20;

  @Option(
      names = "--rounds",
      description = "How often; only the last is recorded. Default: ${DEFAULT-VALUE}.")
  private int rounds = 3;

  @Override
  public Integer call() throws IOException {
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("profile-groups"));
    Path config = Files.writeString(work.resolve("castalia.conf"), GroupsCommand.CASTALIA_CONFIG);
    try (CastaliaNode node =
        new CastaliaNode(work, List.of("--config", config.toString()), Map.of())) {
      node.start();
      Topics.create(node.bootstrap(), Fleet.TOPIC, Fleet.PARTITIONS);
      try (Fleet fleet =
          new Fleet(
              node.bootstrap(), "profile", GroupShape.parse(shape), Protocol.CLASSIC::member)) {
        fleet.connect();
        out.printf("all joined in %d ms%n", fleet.enter().toMillis());
        run(fleet, node, warmUp);
        for (int round = 1; round < rounds; round++) {
          run(fleet, node, seconds);
        }
        record(fleet, node, work);
      }
    }
    return 0;
  }

  private void record(Fleet fleet, CastaliaNode node, Path work) throws IOException {
    long cassandra = node.cassandra().orElseThrow().pid();
    FlightRecording ofNode =
        FlightRecording.start(node.process().handle().pid(), work.resolve("node.jfr"));
    FlightRecording ofCassandra = FlightRecording.start(cassandra, work.resolve("cassandra.jfr"));
    run(fleet, node, seconds);
    out.println("\nnode: " + HotFrames.of(ofNode.stop()).format(SHOWN));
    out.println("\nCassandra: " + HotFrames.of(ofCassandra.stop()).format(SHOWN));
  }

  private void run(Fleet fleet, CastaliaNode node, int length) {
    long nodeId = node.process().handle().pid();
    long cassandraId = node.cassandra().orElseThrow().pid();
    ProcessUsage nodeBefore = ProcessUsage.of(nodeId);
    ProcessUsage cassandraBefore = ProcessUsage.of(cassandraId);
    if (load.isCommit()) {
      fleet.startPulse();
    }
    Level level = OpenLoop.run(fleet, node, load, rate, Duration.ofSeconds(length));
    fleet.settle();
    out.printf(
        "%.0f %s/s: p50 %.1f ms, p99 %.1f ms, %d failed; CPU of node %.0f us, Cassandra %.0f us,"
            + " client %.0f us each; node %.0f MB, Cassandra %.0f MB resident%n",
        rate,
        load.title(),
        level.latencies().millis(0.5),
        level.latencies().millis(0.99),
        level.failed(),
        each(nodeId, nodeBefore, level),
        each(cassandraId, cassandraBefore, level),
        level.clientCpuMicros(),
        ProcessUsage.of(nodeId).residentBytes() / 1e6,
        ProcessUsage.of(cassandraId).residentBytes() / 1e6);
  }

  private static double each(long process, ProcessUsage before, Level level) {
    return ProcessUsage.of(process).since(before).cpuSeconds()
        * 1e6
        / Math.max(1, level.answered());
  }
}
