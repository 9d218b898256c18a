package io.castalia.bench.crash;

import io.castalia.bench.load.FinalReading;
import io.castalia.bench.load.Load;
import io.castalia.bench.load.Producers;
import io.castalia.bench.load.Watcher;
import io.castalia.bench.server.Topics;
import io.castalia.bench.topology.Topology;
import io.castalia.bench.topology.Topology.Target;
import io.castalia.testkit.history.History;
import io.castalia.testkit.history.HistoryChecker;
import io.castalia.testkit.history.HistoryEvent;
import io.castalia.testkit.history.LogContent;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;

/**
 * Kills servers again and again while producers and a consumer go on, then reads everything back.
 *
 * <p>Most kills hit a system at work; some hit one that is still getting up from the kill before.
 */
final class CrashProof {

  private static final Duration RECOVERY_TIMEOUT = Duration.ofMinutes(3);
  private static final int MAX_PAUSE_MS = 5_000;
  private static final int EARLY_KILLS = 4;

  private final Topology topology;
  private final Load load;
  private final PrintStream progress;
  private final Random random;
  private final History history = new History();
  private final List<Duration> outages = new ArrayList<>();

  CrashProof(Topology topology, Load load, PrintStream progress) {
    this.topology = topology;
    this.load = load;
    this.progress = progress;
    this.random = new Random(load.seed());
  }

  /** Runs it on servers that are started, and leaves them so. */
  CrashReport run(int kills) {
    Topics.create(topology.bootstrap(), load.topic(), load.partitions());
    try (Watcher watcher = new Watcher("watcher", topology.bootstrap(), load, history)) {
      Producers producers = new Producers(topology.bootstrap(), load, history);
      try (producers) {
        awaitProgress(producers);
        killAgainAndAgain(kills, producers);
      }
      return report(watcher, producers);
    }
  }

  private void killAgainAndAgain(int kills, Producers producers) {
    for (int kill = 1; kill <= kills; kill++) {
      pause(random.nextInt(MAX_PAUSE_MS));
      Target target = topology.targets().get((kill - 1) % topology.targets().size());
      topology.kill(target);
      long killed = System.nanoTime();
      boolean goOn = kill < kills && random.nextInt(EARLY_KILLS) == 0;
      progress.printf(
          "kill %d of %d: %s, %d acknowledged", kill, kills, target, producers.acknowledged());
      if (goOn) {
        topology.revive();
        progress.println(", the next one comes at once");
      } else {
        awaitProgress(producers);
        Duration outage = Duration.ofNanos(System.nanoTime() - killed);
        outages.add(outage);
        progress.printf(", back after %d ms%n", outage.toMillis());
      }
    }
  }

  private void pause(int millis) {
    Awaitility.await("the next kill")
        .pollDelay(Duration.ofMillis(millis))
        .atMost(Duration.ofMillis(millis).plusMinutes(2))
        .until(() -> true);
  }

  private void awaitProgress(Producers producers) {
    producers.awaitProgress(RECOVERY_TIMEOUT, topology::revive);
  }

  private CrashReport report(Watcher watcher, Producers producers) {
    List<LogContent> contents = FinalReading.read(topology.bootstrap(), load);
    List<String> refusals = producers.refusals();
    if (watcher.failure() != null) {
      refusals.add("the watcher ended: " + watcher.failure());
    }
    List<HistoryEvent> events = history.events();
    return CrashReport.of(
        events, contents, outages, HistoryChecker.check(events, contents), refusals);
  }
}
