package io.castalia.persistence.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.castalia.persistence.store.LogManifest;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.StoredEntry;
import io.castalia.testkit.simulation.Outcome;
import io.castalia.testkit.simulation.Place;
import io.castalia.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;

/**
 * Three nodes that fight for two logs over three replicas with loss, reordering, stalls and
 * freezes. They take logs from each other, declare each other down, rightly or wrongly, and delete
 * what has been acknowledged long ago.
 */
final class FenceSimulation {
  private static final JournalSettings SETTINGS =
      new JournalSettings(
          1_000_000,
          3,
          10_000,
          4,
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          Duration.ofSeconds(2));

  private static final long SEGMENTS_IN_BUCKET = 3;

  private static final Duration TIME = Duration.ofSeconds(8);

  private final Simulation simulation;
  private final SimulatedReplicas store;
  private final UnaryOperator<LogStore> mutation;
  private final List<AcknowledgedEvents> logs =
      List.of(new AcknowledgedEvents("first"), new AcknowledgedEvents("second"));
  private final List<JournalEngine> journals = new ArrayList<>();

  private FenceSimulation(long seed, UnaryOperator<LogStore> mutation) {
    this.simulation = new Simulation(seed);
    this.store = new SimulatedReplicas(simulation);
    this.mutation = mutation;
  }

  /**
   * How a run ended.
   *
   * @param acknowledged how many events were acknowledged
   * @param wholeFences how often a node found its writer fenced as a whole
   * @param violations what is wrong
   */
  record Ended(long acknowledged, int wholeFences, List<String> violations) implements Outcome {}

  /** Runs one seed. */
  static Ended run(long seed, UnaryOperator<LogStore> mutation) {
    return new FenceSimulation(seed, mutation).run();
  }

  private Ended run() {
    List<String> fenced = new ArrayList<>();
    List<Place> nodes = Stream.of("a", "b", "c").map(simulation::place).toList();
    for (Place node : nodes) {
      JournalEngine journal = start(node, fenced);
      journals.add(journal);
      logs.forEach(log -> new SimulatedActor(simulation, node, journal, log).restart());
      later(node, () -> suspect(node, journal));
    }
    List<String> violations = new ArrayList<>();
    try {
      simulation.run(TIME);
      store.network().heal();
      nodes.forEach(Place::kill);
      logs.forEach(log -> violations.addAll(judge(log)));
    } catch (IllegalStateException refused) {
      // A row that is there with other content already.
      violations.add(String.valueOf(refused.getMessage()));
    }
    long acknowledged = logs.stream().mapToLong(AcknowledgedEvents::count).sum();
    return new Ended(acknowledged, fenced.size(), violations);
  }

  private JournalEngine start(Place node, List<String> fenced) {
    SimulatedDelays delays = new SimulatedDelays(simulation, node);
    SegmentNumbers numbers =
        new BucketNumbers(
            1,
            SEGMENTS_IN_BUCKET << 20,
            () -> TimeUnit.NANOSECONDS.toSeconds(delays.nanoTime()),
            () -> node.name().hashCode());
    JournalGround ground =
        new JournalGround(
            mutation.apply(new SimulatedStore(store, node)),
            SETTINGS,
            delays,
            store::freshId,
            numbers);
    return new JournalEngine(
        ground, store.freshId(), new NoListener(), told -> fenced.add(node.name()));
  }

  /** Declares some other node down; most often it is not. */
  private void suspect(Place node, JournalEngine journal) {
    List<JournalEngine> others = journals.stream().filter(each -> each != journal).toList();
    JournalEngine other = others.get(simulation.random().nextInt(others.size()));
    journal.declareDown(other.writer());
    later(node, () -> suspect(node, journal));
  }

  private void later(Place node, Runnable action) {
    node.after(simulation.upTo(Duration.ofSeconds(3)), action);
  }

  /** What a node that comes last, when all others are dead, finds in the log. */
  private List<String> judge(AcknowledgedEvents log) {
    JournalEngine last = start(simulation.place("last"), new ArrayList<>());
    CompletableFuture<Long> recovery = last.recover(log.log()).toCompletableFuture();
    simulation.run(Duration.ofSeconds(5));
    Map<Long, String> contents = new HashMap<>();
    CompletableFuture<?> replay =
        recovery.thenCompose(
            highest ->
                last.replay(
                    new Replay.Range(log.log(), 1, Long.MAX_VALUE, Long.MAX_VALUE),
                    (writer, event) -> contents.put(event.sequence(), textOf(event))));
    simulation.run(Duration.ofSeconds(5));
    if (!replay.isDone() || replay.isCompletedExceptionally()) {
      Object reason = replay.isDone() ? replay.handle((done, why) -> why).join() : "no answer";
      return List.of("'%s' cannot be replayed: %s".formatted(log.log(), reason));
    }
    long deletedTo = store.manifest(log.log()).map(LogManifest::deletedTo).orElse(0L);
    return log.violations(contents, deletedTo);
  }

  private static String textOf(Event event) {
    return UTF_8.decode(event.payload().bytes().duplicate()).toString();
  }

  private record SimulatedDelays(Simulation simulation, Place node) implements Delays {
    @Override
    public long nanoTime() {
      return simulation.now();
    }

    @Override
    public void after(Duration delay, Runnable task) {
      node.after(delay, task);
    }
  }

  private record NoListener() implements AppendListener {
    @Override
    public void appended(int epoch, StoredEntry entry, ByteString bulk) {}

    @Override
    public void released(String log) {}
  }
}
