package io.castalia.bench.churn;

import io.castalia.bench.churn.Change.Kind;
import io.castalia.bench.load.FinalReading;
import io.castalia.bench.load.Load;
import io.castalia.bench.load.LoadProducer;
import io.castalia.bench.server.Topics;
import io.castalia.bench.topology.Topology;
import io.castalia.bench.topology.Topology.Target;
import io.castalia.testkit.group.GroupHistoryChecker;
import io.castalia.testkit.history.History;
import io.castalia.testkit.history.HistoryChecker;
import io.castalia.testkit.history.LogContent;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Has members come, go, die and stand still while producers go on, and looks at what the group made
 * of it. Most changes hit a group that has got over the last one; some come at once.
 */
final class ChurnProof {

  private static final Duration CONVERGENCE_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final Topology topology;
  private final Load load;
  private final Churn churn;
  private final ChurnPlan plan;
  private final MemberSettings settings;
  private final Recorder recorder;
  private final PrintStream progress;
  private final History history = new History();

  /**
   * What is done to the group.
   *
   * @param members about how many it has
   * @param length how long it goes on
   * @param brokerKills one of so many changes is a kill of the broker; 0 for none
   */
  record Churn(Protocol protocol, int members, Duration length, int brokerKills) {}

  ChurnProof(Topology topology, Load load, Churn churn, PrintStream progress) {
    this.topology = topology;
    this.load = load;
    this.churn = churn;
    this.progress = progress;
    this.plan = new ChurnPlan(load.seed(), churn.members(), churn.brokerKills());
    this.settings =
        new MemberSettings(topology.bootstrap(), load.topic(), load.topic(), churn.protocol());
    this.recorder = new Recorder(load.partitions());
  }

  /**
   * Runs it on servers that are started.
   *
   * @param work where members put what they have to complain of, and the history goes
   */
  ChurnReport run(Path work) {
    Topics.create(topology.bootstrap(), load.topic(), load.partitions());
    List<LoadProducer> producers = new ArrayList<>();
    try (Members members = new Members(settings, recorder, plan, work)) {
      IntStream.range(0, load.producers()).forEach(index -> producers.add(producer("p" + index)));
      try (CommitWatcher watcher =
          new CommitWatcher(topology.bootstrap(), load, settings.group(), recorder)) {
        boolean converged = churn(members);
        producers.forEach(LoadProducer::close);
        if (converged) {
          awaitOrNote("all to be committed", watcher::hasSeenEverythingCommitted);
        }
      }
      members.leaveAll();
      producers.forEach(producer -> producer.refusals().forEach(recorder::failed));
    }
    recorder.timeline().writeTo(work.resolve(load.topic() + ".history"));
    return report();
  }

  private LoadProducer producer(String name) {
    return new LoadProducer(name, "none", topology.bootstrap(), load, history);
  }

  /** False if the group got stuck. */
  private boolean churn(Members members) {
    IntStream.range(0, churn.members()).forEach(index -> members.apply(Kind.JOIN));
    boolean converged = awaitConvergence(System.nanoTime());
    long end = System.nanoTime() + churn.length().toNanos();
    while (converged && System.nanoTime() < end) {
      long now = System.nanoTime();
      Kind kind = churn.protocol().possible(plan.next(members.situation()));
      progress.printf("%s: %s", churn.protocol().label(), kind.label());
      if (kind == Kind.BROKER_KILL) {
        killBroker();
        converged = awaitConvergence(now);
      } else {
        progress.printf(" %s", members.apply(kind));
        converged = plan.nextComesAtOnce() || awaitConvergence(now);
      }
      progress.printf(", %d ms%n", (System.nanoTime() - now) / 1_000_000);
      if (converged) {
        pause(plan.pause());
      }
    }
    return converged && awaitConvergence(System.nanoTime());
  }

  private void killBroker() {
    recorder.note(Kind.BROKER_KILL, "");
    topology.kill(Target.NODE);
  }

  private boolean awaitConvergence(long since) {
    return awaitOrNote(
        "the group to converge",
        () -> {
          topology.revive();
          return recorder.isAtWorkSince(since);
        });
  }

  private boolean awaitOrNote(String what, BooleanSupplier condition) {
    try {
      Awaitility.await(what)
          .atMost(CONVERGENCE_TIMEOUT)
          .pollDelay(Duration.ZERO)
          .pollInterval(LOOK_EVERY)
          .until(condition::getAsBoolean);
      return true;
    } catch (ConditionTimeoutException e) {
      recorder.failed("waited in vain for " + what + ": " + recorder.ownership());
      return false;
    }
  }

  private static void pause(Duration pause) {
    Awaitility.await("the next change")
        .pollDelay(pause)
        .atMost(pause.plusMinutes(2))
        .until(() -> true);
  }

  private ChurnReport report() {
    List<LogContent> contents = FinalReading.read(topology.bootstrap(), load);
    Timeline timeline = recorder.timeline();
    List<String> broken = new ArrayList<>(recorder.failures());
    GroupHistoryChecker.check(timeline.history(), contents)
        .forEach(violation -> broken.add(violation.toString()));
    HistoryChecker.check(history.events(), contents)
        .forEach(violation -> broken.add(violation.toString()));
    return ChurnReport.of(churn.protocol(), timeline, contents, broken);
  }
}
