package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.Recovered;
import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One partition's log in a simulated store, which only the owner of the latest epoch can write to;
 * and what producers were told of it. Says what is wrong as soon as it is.
 */
final class SimulatedLog {
  private final PartitionMutant mutant;
  private final List<String> violations = new ArrayList<>();
  private final Map<Long, String> batches = new HashMap<>();
  private final Map<Long, Integer> nextSequences = new HashMap<>();
  private final TreeMap<Long, Long> acknowledgedEnds = new TreeMap<>();
  private PartitionState state = PartitionState.EMPTY;
  private int epoch;
  private long acknowledged;

  SimulatedLog(PartitionMutant mutant) {
    this.mutant = mutant;
  }

  Recovered open() {
    epoch++;
    return new Recovered(state, epoch);
  }

  boolean isOwnedIn(int claimed) {
    return claimed == epoch;
  }

  /** Writes, unless another has the log since; tells whether it did. */
  boolean write(int claimed, PartitionEvent event) {
    if (!isOwnedIn(claimed) && mutant != PartitionMutant.NO_FENCE) {
      return false;
    }
    if (event instanceof EntryAppended entry) {
      check(entry);
    }
    state = state.evolve(event);
    return true;
  }

  private void check(EntryAppended entry) {
    if (entry.firstPosition() != state.logEnd()) {
      violations.add(
          "a write at %d to a log that ends at %d"
              .formatted(entry.firstPosition(), state.logEnd()));
    }
    for (ProducerBatch batch : entry.producerBatches()) {
      int expected = nextSequences.getOrDefault(batch.producerId(), 0);
      if (batch.firstSequence() != expected) {
        violations.add("expected sequence %d, but got %s".formatted(expected, batch));
      }
      nextSequences.put(batch.producerId(), batch.lastSequence() + 1);
      batches.put(batch.baseOffset(), nameOf(batch.producerId(), batch.firstSequence()));
    }
  }

  /** A producer has been told that its batch is there. */
  void acknowledged(long producerId, int sequence, long offset, long now) {
    acknowledged++;
    if (!nameOf(producerId, sequence).equals(batches.get(offset))) {
      violations.add(
          "%s was acknowledged at %d, where %s is"
              .formatted(nameOf(producerId, sequence), offset, batches.get(offset)));
    }
    Map.Entry<Long, Long> last = acknowledgedEnds.lastEntry();
    acknowledgedEnds.put(now, Math.max(offset + 1, last == null ? 0 : last.getValue()));
  }

  /** A reader that asked at this time was told that the log ends here. */
  void read(long highWatermark, long asked) {
    Map.Entry<Long, Long> before = acknowledgedEnds.floorEntry(asked);
    if (highWatermark > state.logEnd()) {
      violations.add(
          "read up to %d, but the log ends at %d".formatted(highWatermark, state.logEnd()));
    }
    if (before != null && highWatermark < before.getValue()) {
      violations.add(
          "read up to %d after %d was acknowledged".formatted(highWatermark, before.getValue()));
    }
  }

  List<String> violations() {
    return violations;
  }

  long acknowledged() {
    return acknowledged;
  }

  int epoch() {
    return epoch;
  }

  private static String nameOf(long producerId, int sequence) {
    return "batch %d of producer %d".formatted(sequence, producerId);
  }
}
