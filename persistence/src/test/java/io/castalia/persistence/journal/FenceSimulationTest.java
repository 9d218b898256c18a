package io.castalia.persistence.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.store.StoredEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/**
 * Nodes that fight for the same logs over three replicas with loss, reordering, stalls, freezes and
 * fenced writers: whatever happens, no two acknowledge one sequence number, and everything
 * acknowledged is in the log at its place.
 *
 * <p>{@code -Dcastalia.seed=N} runs one seed, {@code -Dcastalia.seeds=N} that many.
 */
final class FenceSimulationTest {
  private static final JournalSettings SETTINGS =
      new JournalSettings(
          1_000_000,
          3,
          10_000,
          4,
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          Duration.ofSeconds(2));
  private static final List<String> LOGS = List.of("first", "second");

  @Test
  void shouldLoseNothingAndAcknowledgeNothingTwice() {
    Long seed = Long.getLong("castalia.seed");
    LongStream seeds =
        seed != null
            ? LongStream.of(seed)
            : LongStream.range(0, Long.getLong("castalia.seeds", 400L));

    long acknowledged = seeds.map(FenceSimulationTest::run).sum();

    assertThat(acknowledged).isPositive();
  }

  /** Runs one seed; tells how many events were acknowledged. */
  private static long run(long seed) {
    Simulation simulation = new Simulation(seed);
    List<History> histories = LOGS.stream().map(log -> new History(log)).toList();
    for (String name : List.of("a", "b", "c")) {
      JournalEngine journal = engine(simulation, name);
      histories.forEach(history -> new Producer(simulation, name, journal, history).restart());
    }
    simulation.run(Duration.ofSeconds(8));
    simulation.heal();
    for (History history : histories) {
      assertThat(history.conflicts).as("conflicts of seed %d", seed).isEmpty();
      assertThat(contents(simulation, history.log))
          .as("log '%s' of seed %d", history.log, seed)
          .containsAllEntriesOf(history.acknowledged);
    }
    return histories.stream().mapToLong(history -> history.acknowledged.size()).sum();
  }

  private static JournalEngine engine(Simulation simulation, String name) {
    JournalGround ground =
        new JournalGround(
            new SimulatedStore(simulation, name),
            SETTINGS,
            simulation.delaysOf(name),
            simulation::freshId);
    return new JournalEngine(ground, new NoListener(), fenced -> {});
  }

  /** What a node that comes last finds in the log. */
  private static Map<Long, String> contents(Simulation simulation, String log) {
    JournalEngine last = engine(simulation, "last-" + log);
    CompletableFuture<Long> recovery = last.recover(log).toCompletableFuture();
    simulation.run(Duration.ofSeconds(5));
    assertThat(recovery).isCompleted();
    Map<Long, String> events = new HashMap<>();
    var replay =
        last.replay(
            new Replay.Range(log, 1, Long.MAX_VALUE, Long.MAX_VALUE),
            (writer, event) -> events.put(event.sequence(), textOf(event)));
    simulation.run(Duration.ofSeconds(5));
    assertThat(replay.toCompletableFuture()).isCompleted();
    return events;
  }

  private static String textOf(Event event) {
    return UTF_8.decode(event.payload().bytes().duplicate()).toString();
  }

  /** What has been acknowledged of one log, by whomever. */
  private static final class History {
    private final String log;
    private final Map<Long, String> acknowledged = new HashMap<>();
    private final List<String> conflicts = new ArrayList<>();

    History(String log) {
      this.log = log;
    }

    void acknowledge(long sequence, String text) {
      String other = acknowledged.putIfAbsent(sequence, text);
      if (other != null) {
        conflicts.add(sequence + " was acknowledged as " + other + " and as " + text);
      }
    }
  }

  /** A persistent actor that writes one event after the other, and recovers when one fails. */
  private static final class Producer {
    private final Simulation simulation;
    private final String node;
    private final JournalEngine journal;
    private final History history;
    private int written;

    Producer(Simulation simulation, String node, JournalEngine journal, History history) {
      this.simulation = simulation;
      this.node = node;
      this.journal = journal;
      this.history = history;
    }

    void restart() {
      simulation.at(node, pause(800), this::recover);
    }

    private void recover() {
      var recovery = journal.recover(history.log);
      recovery.whenComplete(
          (highest, failure) -> {
            if (failure == null) {
              write(highest + 1);
            } else {
              restart();
            }
          });
    }

    private void write(long sequence) {
      if (simulation.random().nextInt(40) == 0) {
        simulation.freeze(node, pause(3_000));
      }
      String text = node + written++;
      var append = journal.append(history.log, List.of(TestNode.draft(sequence, text)));
      append.whenComplete(
          (done, failure) -> {
            if (failure == null) {
              history.acknowledge(sequence, text);
              simulation.at(node, pause(20), () -> write(sequence + 1));
            } else {
              restart();
            }
          });
    }

    private Duration pause(int maxMillis) {
      return Duration.ofMillis(1 + simulation.random().nextInt(maxMillis));
    }
  }

  private record NoListener() implements AppendListener {
    @Override
    public void appended(int epoch, StoredEntry entry, ByteString bulk) {}

    @Override
    public void released(String log) {}
  }
}
