package io.castalia.bench.overload;

import io.castalia.bench.memory.StandingConsumer;
import io.castalia.bench.server.CastaliaNode;
import io.castalia.bench.server.ProcessUsage;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.Topics;
import io.castalia.bench.server.WorkDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code castalia-bench overload}: a node that is offered three times what it takes goes on at its
 * best, and neither a consumer that stands still nor idle connections cost anybody anything.
 */
@Command(
    name = "overload",
    description =
        "Offers a node more than it takes and checks that nothing is lost or stands still.")
public final class OverloadCommand implements Callable<Integer> {

  private static final String TOPIC = "overload";
  private static final int PARTITIONS = 8;
  private static final int TIMES = 3;

  private final PrintStream out = System.out;

  @Option(
      names = "--producers",
      description = "As many as it takes to keep the node busy. Default: ${DEFAULT-VALUE}.")
  private int producers = 4;

  @Option(names = "--seconds", description = "Of each part. Default: ${DEFAULT-VALUE}.")
  private int seconds = 10;

  @Option(names = "--idle", description = "Idle connections. Default: ${DEFAULT-VALUE}.")
  private int idle = 500;

  @Option(
      names = "--least-share",
      description = "Of the throughput before, that must be left. Default: ${DEFAULT-VALUE}.")
  private double leastShare = 0.8;

  @Option(
      names = "--most-growth",
      description = "Of the node's resident memory. Default: ${DEFAULT-VALUE}.")
  private double mostGrowth = 0.5;

  private long acknowledged;
  private long failed;

  @Override
  public Integer call() throws Exception {
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("overload"));
    try (CastaliaNode node = new CastaliaNode(work)) {
      node.start();
      Topics.create(node.bootstrap(), TOPIC, PARTITIONS);
      return holds(node) ? 0 : 1;
    }
  }

  private boolean holds(CastaliaNode node) throws Exception {
    part(node, "warm-up", producers);
    CrowdResult busy = part(node, producers + " producers", producers);
    long before = residentBytes(node);
    CrowdResult crowded = part(node, TIMES * producers + " producers", TIMES * producers);
    CrowdResult accompanied = accompanied(node);
    double growth = (double) residentBytes(node) / before - 1;
    double share = Math.min(crowded.perSecond(), accompanied.perSecond()) / busy.perSecond();
    long kept = kept(node);
    out.printf("%nacknowledged %,d, in the log %,d, failed %,d%n", acknowledged, kept, failed);
    out.printf(
        "least share of the throughput %.2f, resident memory %+.0f %%%n", share, 100 * growth);
    return failed == 0 && kept == acknowledged && share >= leastShare && growth <= mostGrowth;
  }

  private CrowdResult accompanied(CastaliaNode node) throws Exception {
    try (IdleConnections connections = IdleConnections.open(node.bootstrap(), idle);
        StandingConsumer standing = new StandingConsumer(node.bootstrap(), TOPIC)) {
      standing.readOnce();
      String what = "a consumer that stands, " + connections.count() + " idle connections";
      return part(node, producers + " producers, " + what, producers);
    }
  }

  private CrowdResult part(CastaliaNode node, String what, int count) throws InterruptedException {
    CrowdResult result = Crowd.work(node.bootstrap(), TOPIC, count, Duration.ofSeconds(seconds));
    out.println(result.format(what));
    acknowledged += result.acknowledged();
    failed += result.failed();
    return result;
  }

  private static long residentBytes(CastaliaNode node) {
    return ProcessUsage.of(node.process().handle().pid()).residentBytes();
  }

  private static long kept(CastaliaNode node) throws Exception {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, PARTITIONS)
            .mapToObj(index -> new TopicPartition(TOPIC, index))
            .collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest()));
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, node.bootstrap()))) {
      return List.copyOf(admin.listOffsets(ends).all().get().values()).stream()
          .mapToLong(found -> found.offset())
          .sum();
    }
  }
}
