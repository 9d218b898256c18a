package io.castalia.persistence.journal;

import java.time.Duration;
import java.util.List;

/**
 * A persistent actor on a simulated node: writes one event after the other, deletes old ones now
 * and then, gives the log up at times, and recovers when a write fails.
 */
final class SimulatedActor {
  private final Simulation simulation;
  private final String node;
  private final JournalEngine journal;
  private final AcknowledgedEvents acknowledged;
  private int written;

  SimulatedActor(
      Simulation simulation, String node, JournalEngine journal, AcknowledgedEvents acknowledged) {
    this.simulation = simulation;
    this.node = node;
    this.journal = journal;
    this.acknowledged = acknowledged;
  }

  void restart() {
    simulation.at(node, pause(800), this::recover);
  }

  private void recover() {
    journal
        .recover(acknowledged.log())
        .whenComplete(
            (highest, failure) -> {
              if (failure == null) {
                write(highest + 1);
              } else {
                restart();
              }
            });
  }

  private void write(long sequence) {
    if (oneIn(40)) {
      simulation.freeze(node, pause(3_000));
    }
    String text = node + written++;
    journal
        .append(acknowledged.log(), List.of(TestNode.draft(sequence, text)))
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                acknowledged.add(sequence, text);
                trim(sequence);
                writeOrRelease(sequence + 1);
              } else {
                restart();
              }
            });
  }

  private void writeOrRelease(long sequence) {
    if (oneIn(30)) {
      journal.release(acknowledged.log()).whenComplete((done, failure) -> restart());
    } else {
      simulation.at(node, pause(20), () -> write(sequence));
    }
  }

  /** Without waiting, as actors do. */
  private void trim(long sequence) {
    if (oneIn(30)) {
      journal.deleteTo(acknowledged.log(), sequence - 5);
    }
  }

  private boolean oneIn(int times) {
    return simulation.random().nextInt(times) == 0;
  }

  private Duration pause(int maxMillis) {
    return Duration.ofMillis(1 + simulation.random().nextInt(maxMillis));
  }
}
