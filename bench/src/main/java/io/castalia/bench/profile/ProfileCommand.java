package io.castalia.bench.profile;

import io.castalia.bench.server.CastaliaNode;
import io.castalia.bench.server.ProcessUsage;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.ServerProcess;
import io.castalia.bench.server.Topics;
import io.castalia.bench.server.WorkDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code castalia-bench profile}. */
@Command(
    name = "profile",
    description = "Records a node and its Cassandra while Kafka's producer tool is at work.")
public final class ProfileCommand implements Callable<Integer> {

  private static final int PARTITIONS = 4;
  private static final int SHOWN = 25;

  private final PrintStream out = System.out;

  @Option(names = "--record-size", description = "In bytes. Default: ${DEFAULT-VALUE}.")
  private int recordSize = 1_000;

  @Option(names = "--batch-size", description = "In bytes. Default: ${DEFAULT-VALUE}.")
  private int batchSize = 256 * 1024;

  @Option(names = "--warm-up", description = "Records before. Default: ${DEFAULT-VALUE}.")
  private long warmUp = 2_000_000;

  @Option(names = "--records", description = "How many are recorded. Default: ${DEFAULT-VALUE}.")
  private long records = 1_000_000;

  @Override
  public Integer call() throws IOException {
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("profile"));
    try (CastaliaNode node = new CastaliaNode(work)) {
      node.start();
      Topics.create(node.bootstrap(), "profile", PARTITIONS);
      produce(node, work, warmUp);
      long nodeId = node.process().handle().pid();
      long cassandraId = node.cassandra().orElseThrow().pid();
      ProcessUsage nodeBefore = ProcessUsage.of(nodeId);
      ProcessUsage cassandraBefore = ProcessUsage.of(cassandraId);
      FlightRecording ofNode = FlightRecording.start(nodeId, work.resolve("node.jfr"));
      FlightRecording ofCassandra =
          FlightRecording.start(cassandraId, work.resolve("cassandra.jfr"));
      out.println(produce(node, work, records));
      print("node", ofNode.stop(), ProcessUsage.of(nodeId).since(nodeBefore));
      print("Cassandra", ofCassandra.stop(), ProcessUsage.of(cassandraId).since(cassandraBefore));
    }
    return 0;
  }

  private void print(String name, Path recording, ProcessUsage usage) throws IOException {
    out.printf("%n%s: %.1f s of processor time, ", name, usage.cpuSeconds());
    out.println(HotFrames.of(recording).format(SHOWN));
  }

  /** Gives the last line that the tool printed. */
  private String produce(CastaliaNode node, Path work, long count) {
    List<String> command =
        List.of(
            ProjectPaths.java(),
            "-Xmx512m",
            "-cp",
            ProjectPaths.kafkaClassPath(),
            "org.apache.kafka.tools.ProducerPerformance",
            "--bootstrap-server",
            node.bootstrap(),
            "--topic",
            "profile",
            "--num-records",
            Long.toString(count),
            "--record-size",
            Integer.toString(recordSize),
            "--throughput",
            "-1",
            "--command-property",
            "acks=all",
            "linger.ms=5",
            "batch.size=" + batchSize);
    ServerProcess tool =
        ServerProcess.start("producer", command, Map.of(), work.resolve("client.out"));
    tool.awaitEnd(Duration.ofMinutes(10));
    List<String> lines = tool.printed().lines().toList();
    return lines.get(lines.size() - 1);
  }
}
