package io.castalia.persistence.journal;

import io.castalia.testkit.simulation.Place;
import io.castalia.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/**
 * A persistent actor on a simulated node: writes one event after the other, deletes old ones now
 * and then, only tells for a while what it knows, gives the log up at times, and recovers when any
 * of that fails.
 */
final class SimulatedActor {
  private static final Duration MAX_LAG = Duration.ofMillis(50);

  private final Simulation simulation;
  private final Place node;
  private final JournalEngine journal;
  private final AcknowledgedEvents acknowledged;
  private int written;
  private int epoch;

  SimulatedActor(
      Simulation simulation, Place node, JournalEngine journal, AcknowledgedEvents acknowledged) {
    this.simulation = simulation;
    this.node = node;
    this.journal = journal;
    this.acknowledged = acknowledged;
  }

  void restart() {
    node.after(pause(800), this::recover);
  }

  private void recover() {
    journal
        .recover(acknowledged.log())
        .thenApply(
            highest -> {
              epoch = journal.epoch(acknowledged.log());
              return highest;
            })
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
    if (simulation.oneIn(40)) {
      node.freeze(pause(3_000));
    }
    String text = node.name() + written++;
    journal
        .write(acknowledged.log(), List.of(TestNode.draft(sequence, text)))
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                written(sequence, text);
              } else {
                restart();
              }
            });
  }

  /** Writes on, and most often without waiting for the acknowledgement of what it wrote before. */
  private void written(long sequence, String text) {
    CompletionStage<Done> verified =
        journal
            .verified(acknowledged.log(), epoch)
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    acknowledged.add(sequence, text, simulation.now());
                  }
                });
    if (simulation.oneIn(4)) {
      verified.whenComplete(
          (done, failure) -> {
            if (failure == null) {
              trim(sequence);
              writeOrRelease(sequence + 1);
            } else {
              restart();
            }
          });
    } else {
      node.after(pause(20), () -> write(sequence + 1));
    }
  }

  private void writeOrRelease(long sequence) {
    if (simulation.oneIn(30)) {
      journal.release(acknowledged.log()).whenComplete((done, failure) -> restart());
    } else if (simulation.oneIn(20)) {
      read(sequence, 8);
    } else {
      node.after(pause(20), () -> write(sequence));
    }
  }

  /** Reads so many times, and writes on if the log is still its own then. */
  private void read(long next, int times) {
    if (times == 0) {
      write(next);
      return;
    }
    long asked = simulation.now();
    journal
        .confirm(acknowledged.log(), epoch, MAX_LAG)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                acknowledged.wasRead(next - 1, asked - MAX_LAG.toNanos());
                node.after(pause(200), () -> read(next, times - 1));
              } else {
                restart();
              }
            });
  }

  /** Without waiting, as actors do. */
  private void trim(long sequence) {
    if (simulation.oneIn(30)) {
      journal.deleteTo(acknowledged.log(), sequence - 5);
    }
  }

  private Duration pause(int maxMillis) {
    return simulation.upTo(Duration.ofMillis(maxMillis));
  }
}
