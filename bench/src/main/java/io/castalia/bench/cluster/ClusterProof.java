package io.castalia.bench.cluster;

import io.castalia.bench.churn.Protocol;
import io.castalia.bench.churn.SteadyGroup;
import io.castalia.bench.load.FinalReading;
import io.castalia.bench.load.Load;
import io.castalia.bench.load.Producers;
import io.castalia.bench.load.Watcher;
import io.castalia.bench.server.Topics;
import io.castalia.testkit.history.History;
import io.castalia.testkit.history.HistoryChecker;
import io.castalia.testkit.history.LogContent;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/**
 * Has nodes of a cluster die, leave, stand still and come while producers, readers and groups go
 * on; measures how long each partition is out of service, then reads everything back.
 */
final class ClusterProof {

  /** Nodes that are there before one more comes. */
  static final int NODES = 3;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int GROUP_SIZE = 2;

  private final Nodes nodes;
  private final Load load;
  private final PrintStream progress;
  private final History history = new History();
  private final ServiceLog service;
  private final Outages outages = new Outages();
  private final List<ClusterReport.Share> shares = new ArrayList<>();

  ClusterProof(Nodes nodes, Load load, PrintStream progress) {
    this.nodes = nodes;
    this.load = load;
    this.progress = progress;
    this.service = new ServiceLog(load.partitions());
  }

  ClusterReport run(ClusterPlan plan) {
    nodes.startFirst(NODES);
    String bootstrap = nodes.bootstrap(NODES);
    Topics.create(bootstrap, load.topic(), load.partitions());
    List<String> complaints = new ArrayList<>();
    List<LogContent> contents;
    try (Watcher watcher = new Watcher("watcher", bootstrap, load, history);
        SteadyGroup classic =
            new SteadyGroup(bootstrap, load, Protocol.COOPERATIVE_STICKY, GROUP_SIZE);
        SteadyGroup consumer = new SteadyGroup(bootstrap, load, Protocol.CONSUMER, GROUP_SIZE);
        LeaderView leaders = new LeaderView(bootstrap, load)) {
      List<SteadyGroup> groups = List.of(classic, consumer);
      Producers producers = new Producers(bootstrap, load, history, service::acknowledged);
      try (producers) {
        settle(groups);
        new Faults(leaders, groups).all(plan);
      }
      groups.forEach(group -> await("all to be committed", group::hasCommittedEverything));
      groups.forEach(SteadyGroup::close);
      contents = FinalReading.read(bootstrap, load);
      complaints.addAll(producers.refusals());
      if (watcher.failure() != null) {
        complaints.add("the watcher ended: " + watcher.failure());
      }
      groups.forEach(group -> complaints.addAll(group.complaints(contents)));
    }
    return ClusterReport.of(
        nodes.name(),
        history.events(),
        contents,
        HistoryChecker.check(history.events(), contents),
        complaints,
        new ClusterReport.Times(outages, shares));
  }

  /** Waits until every partition serves and every member of a group works. */
  private void settle(List<SteadyGroup> groups) {
    long now = System.nanoTime();
    await("every partition to acknowledge", () -> service.allSince(now));
    groups.forEach(
        group ->
            Awaitility.await("the group to go on: " + group.ownership())
                .atMost(PATIENCE)
                .until(() -> group.isAtWorkSince(now)));
  }

  private static void await(String what, BooleanSupplier condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(condition::getAsBoolean);
  }

  /** What happens to nodes, one after the other, each time to a cluster that is well. */
  private final class Faults {
    private final LeaderView leaders;
    private final List<SteadyGroup> groups;
    private int last;

    Faults(LeaderView leaders, List<SteadyGroup> groups) {
      this.leaders = leaders;
      this.groups = groups;
    }

    void all(ClusterPlan plan) {
      for (int round = 0; round < plan.kills(); round++) {
        int node = next();
        measure(Fault.KILL, node, () -> nodes.kill(node));
        restart(node, plan);
      }
      for (int round = 0; round < plan.leaves(); round++) {
        int node = next();
        measure(Fault.LEAVE, node, () -> nodes.stop(node));
        restart(node, plan);
      }
      for (int round = 0; round < plan.freezes(); round++) {
        int node = next();
        measure(Fault.FREEZE, node, () -> freeze(node, plan.freezeSeconds()));
        awaitShare(node, NODES);
      }
      for (int round = 0; round < plan.rolls(); round++) {
        measure(Fault.ROLL, 0, this::roll);
      }
      if (plan.grows()) {
        long millis = join(NODES + 1, NODES + 1);
        shares.add(new ClusterReport.Share(millis, nodes.recordBytes(NODES + 1)));
      }
    }

    /** As for a new version: the next one only when the last one works. */
    private void roll() {
      for (int node = 1; node <= NODES; node++) {
        nodes.stop(node);
        nodes.start(node);
        awaitShare(node, NODES);
      }
    }

    private void awaitShare(int node, int all) {
      await(
          "the node to have its share",
          () -> {
            nodes.giveShare(node, all, load.topic());
            return leaders.hasFairShare(node, all);
          });
    }

    private int next() {
      last = last % NODES + 1;
      return last;
    }

    private void restart(int node, ClusterPlan plan) {
      if (plan.restarts()) {
        join(node, NODES);
      }
    }

    /** How long it took from the start of the process to its share, in milliseconds. */
    private long join(int node, int all) {
      long start = System.nanoTime();
      measure(
          Fault.JOIN,
          node,
          () -> {
            nodes.start(node);
            awaitShare(node, all);
          });
      return (System.nanoTime() - start) / 1_000_000;
    }

    private void freeze(int node, int seconds) {
      nodes.freeze(node);
      Awaitility.await("the end of the freeze")
          .pollDelay(Duration.ofSeconds(seconds))
          .atMost(Duration.ofSeconds(seconds).plusMinutes(2))
          .until(() -> true);
      nodes.thaw(node);
      await("the node to come back", () -> nodes.hasComeBack(node));
    }

    private void measure(Fault fault, int node, Runnable action) {
      long from = System.nanoTime();
      action.run();
      long done = System.nanoTime();
      await("every partition to acknowledge", () -> service.allSince(done));
      long served = System.nanoTime();
      List<Long> gaps = service.longestGaps(from, served);
      outages.add(fault, gaps, service.latencies(from, served));
      settle(groups);
      progress.printf(
          "%s: %s%s: partitions out of service for at most %d ms; all is well after %d ms%n",
          nodes.name(),
          fault.label(),
          node == 0 ? "" : " of node " + node,
          gaps.stream().mapToLong(Long::longValue).max().orElse(0),
          (System.nanoTime() - from) / 1_000_000);
    }
  }
}
