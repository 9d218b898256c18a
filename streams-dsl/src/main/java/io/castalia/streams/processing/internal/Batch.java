package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.internal.TaskEvent.Advanced;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/** What a number of records do to a task, on the way to becoming one event. */
public final class Batch {
  private final TaskState state;
  private final Map<String, StoreContent> stores;
  private final Map<EntryName, StateChange> changes = new LinkedHashMap<>();
  private final List<OutputRecord> outputs = new ArrayList<>();
  private final Map<TopicPartition, Long> offsets = new HashMap<>();
  private final Map<String, Long> drops = new HashMap<>();
  private long watermark;
  private long clock;
  private long tickets;
  private long bytes;
  private int records;
  private Optional<Unfinished> unfinished;

  private record EntryName(String store, Bytes key) {}

  Batch(TaskState state) {
    this.state = state;
    this.stores = new HashMap<>(state.stores());
    this.watermark = state.watermark();
    this.clock = state.clock();
    this.tickets = state.tickets();
    this.unfinished = state.unfinished();
  }

  /** Whether nothing has happened yet. */
  public boolean isEmpty() {
    return records == 0
        && changes.isEmpty()
        && outputs.isEmpty()
        && drops.isEmpty()
        && clock == state.clock()
        && unfinished.equals(state.unfinished());
  }

  /** Bytes of all outputs and of the changes so far, those that were overwritten included. */
  public long bytes() {
    return bytes;
  }

  /** Records read. */
  public int records() {
    return records;
  }

  /**
   * The event.
   *
   * @param delivered how many batches of the outbox have been published by now
   */
  public Advanced toEvent(Map<TopicPartition, Integer> delivered) {
    return new Advanced(
        offsets,
        new Advanced.Progress(watermark, clock, tickets, records, unfinished),
        changes.values().stream().filter(change -> !change.isNothing()).toList(),
        state.outbox().batches(outputs),
        delivered,
        drops);
  }

  void absorb(Attempt attempt) {
    stores.putAll(attempt.touched());
    for (StateChange change : attempt.changes()) {
      changes.merge(new EntryName(change.store(), change.key()), change, StateChange::then);
    }
    outputs.addAll(attempt.outputs());
    bytes += attempt.bytes();
    attempt.drops().forEach((what, count) -> drops.merge(what, count, Long::sum));
    unfinished = attempt.left();
    watermark = attempt.watermark();
    tickets = attempt.tickets();
  }

  void read(SourceRecord source) {
    offsets.put(source.partition(), source.record().offset() + 1);
    records++;
  }

  void reachClock(long now) {
    clock = now;
  }

  /** A move of time that must be worked off before the next record. */
  Optional<Unfinished> unfinished() {
    return unfinished;
  }

  /** Whether {@link TaskMachine#advance} comes next, and no record. */
  public boolean isUnfinished() {
    return unfinished.isPresent();
  }

  StoreContent content(String store) {
    StoreContent content = stores.get(store);
    if (content == null) {
      throw new IllegalArgumentException(
          "expected one of the stores %s, but it was \"%s\"".formatted(stores.keySet(), store));
    }
    return content;
  }

  long watermark() {
    return watermark;
  }

  long clock() {
    return clock;
  }

  long tickets() {
    return tickets;
  }
}
