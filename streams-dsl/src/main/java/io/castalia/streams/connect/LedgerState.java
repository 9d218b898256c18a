package io.castalia.streams.connect;

import io.castalia.streams.connect.LedgerCommand.OfGeneration;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a source's task has come.
 *
 * @param producerId the task's, or -1
 * @param sequences for each partition, the sequence number of the next record
 * @param positions where the source goes on behind what was handed to be published
 * @param sending a batch of which it is unknown whether it was published, or null
 * @param stamps who may write, and who wrote the positions
 */
record LedgerState(
    long producerId,
    Map<String, Integer> sequences,
    Map<String, String> positions,
    @Nullable SourceBatch sending,
    Stamps stamps)
    implements ConnectorMessage {
  static final LedgerState EMPTY = new LedgerState(-1, Map.of(), Map.of(), null, Stamps.NONE);

  LedgerState {
    sequences = Map.copyOf(sequences);
    positions = Map.copyOf(positions);
    // What was stored before there were stamps has none.
    stamps = stamps == null ? Stamps.NONE : stamps;
  }

  LedgerState after(LedgerEvent event) {
    if (event instanceof LedgerEvent.Identified identified) {
      return new LedgerState(identified.producerId(), sequences, positions, sending, stamps);
    }
    if (event instanceof LedgerEvent.Entered entered) {
      return new LedgerState(
          producerId, sequences, positions, sending, stamps.entered(entered.generation()));
    }
    LedgerState settled = new LedgerState(producerId, sequencesBehind(), positions, null, stamps);
    return event instanceof LedgerEvent.Sending next ? settled.sending(next.batch()) : settled;
  }

  private LedgerState sending(SourceBatch batch) {
    Map<String, String> behind = new HashMap<>(positions);
    behind.putAll(batch.positions());
    return new LedgerState(
        producerId, sequences, behind, batch, stamps.writing(batch.positions().keySet()));
  }

  Optional<SourceBatch> unsettled() {
    return Optional.ofNullable(sending);
  }

  /** The generation whose runs write here. */
  long generation() {
    return stamps.generation();
  }

  /** Whether a command comes too late: a later generation has entered. */
  boolean isClosedTo(OfGeneration command) {
    return command.generation() < generation();
  }

  /** How far each piece was read, in the order of their names. */
  NavigableMap<String, Place> places() {
    NavigableMap<String, Place> places = new TreeMap<>();
    positions.forEach((piece, at) -> places.put(piece, new Place(at, stamps.of(piece))));
    return places;
  }

  /** The sequence number of a part's first record. */
  int sequence(SourceBatch.Part part) {
    return sequences.getOrDefault(part.name(), 0);
  }

  private Map<String, Integer> sequencesBehind() {
    Map<String, Integer> behind = new HashMap<>(sequences);
    unsettled()
        .ifPresent(
            batch ->
                batch
                    .parts()
                    .forEach(
                        part ->
                            behind.put(
                                part.name(), following(sequence(part), part.records().size()))));
    return behind;
  }

  /** Sequence numbers wrap to 0 after the largest int, as in Kafka's clients. */
  private static int following(int sequence, int count) {
    return (int) (((long) sequence + count) & Integer.MAX_VALUE);
  }
}
