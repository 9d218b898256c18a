package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.internal.TaskEvent.Advanced;
import io.castalia.streams.processing.internal.TaskEvent.Delivered;
import io.castalia.streams.processing.internal.TaskEvent.Opened;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/**
 * What a task remembers: how far it has read, what its stores hold, what it has still to publish.
 *
 * @param producerId of its idempotent producer; -1 before it has begun
 * @param offsets from where to read on
 * @param watermark highest event time seen, in milliseconds since the epoch; very small at first
 * @param clock wall-clock time up to which punctuations have been made
 * @param tickets numbers given out
 * @param records read since the task began
 * @param drops what was dropped, counted by place and reason
 * @param sinceSnapshot bytes of events since the last snapshot
 */
public record TaskState(
    TaskShape shape,
    long producerId,
    Map<TopicPartition, Long> offsets,
    long watermark,
    long clock,
    long tickets,
    long records,
    Map<String, StoreContent> stores,
    Outbox outbox,
    Map<String, Long> drops,
    long sinceSnapshot) {

  /** The watermark of a task that has seen no record. */
  public static final long NO_TIME = Long.MIN_VALUE / 2;

  public static final TaskState NONE =
      new TaskState(
          new TaskShape(Map.of(), Map.of()),
          -1,
          Map.of(),
          NO_TIME,
          0,
          0,
          0,
          Map.of(),
          Outbox.EMPTY,
          Map.of(),
          0);

  private static final long MIN_SNAPSHOT_BYTES = 1024 * 1024;
  private static final long EVENT_BYTES = 1024;

  /** The state after an event; live and in recovery the same. */
  public TaskState after(TaskEvent event) {
    if (event instanceof Opened opened) {
      return opened(opened);
    }
    if (event instanceof Advanced advanced) {
      return advanced(advanced);
    }
    return with(outbox.without(((Delivered) event).batches()), EVENT_BYTES);
  }

  /** Why this state does not fit a topology, if it does not. */
  public Optional<String> misfit(TaskShape topology) {
    return shape.misfit(topology);
  }

  /** Whether the task has begun. */
  public boolean isOpen() {
    return producerId >= 0;
  }

  /**
   * Whether a snapshot is due: when events have grown as large as the state, so that snapshots at
   * most double what is written.
   */
  public boolean isSnapshotDue() {
    return sinceSnapshot >= Math.max(MIN_SNAPSHOT_BYTES, storedBytes());
  }

  /** Bytes of all keys and values in its stores. */
  public long storedBytes() {
    return stores.values().stream().mapToLong(StoreContent::bytes).sum();
  }

  private TaskState opened(Opened event) {
    Map<String, StoreContent> empty = new HashMap<>();
    event
        .shape()
        .stores()
        .forEach(
            (name, signature) -> empty.put(name, StoreContent.empty(StoreSpec.isTimed(signature))));
    return new TaskState(
        event.shape(),
        event.producerId(),
        event.offsets(),
        NO_TIME,
        event.clock(),
        0,
        0,
        Map.copyOf(empty),
        Outbox.EMPTY,
        Map.of(),
        0);
  }

  private TaskState advanced(Advanced event) {
    Map<TopicPartition, Long> nextOffsets = new HashMap<>(offsets);
    nextOffsets.putAll(event.offsets());
    Map<String, StoreContent> nextStores = new HashMap<>(stores);
    long bytes = EVENT_BYTES;
    for (StateChange change : event.changes()) {
      Bytes value = change.value();
      bytes += change.key().get().length + (value == null ? 0 : value.get().length);
      nextStores.computeIfPresent(
          change.store(), (name, content) -> content.with(change.key(), value));
    }
    for (OutputBatch batch : event.outputs()) {
      bytes += batch.records().stream().mapToLong(Outbox::size).sum();
    }
    Map<String, Long> nextDrops = new HashMap<>(drops);
    event.drops().forEach((what, count) -> nextDrops.merge(what, count, Long::sum));
    return new TaskState(
        shape,
        producerId,
        Map.copyOf(nextOffsets),
        event.progress().watermark(),
        event.progress().clock(),
        event.progress().tickets(),
        records + event.progress().records(),
        Map.copyOf(nextStores),
        outbox.without(event.delivered()).with(event.outputs()),
        Map.copyOf(nextDrops),
        next(bytes));
  }

  private TaskState with(Outbox next, long bytes) {
    return new TaskState(
        shape,
        producerId,
        offsets,
        watermark,
        clock,
        tickets,
        records,
        stores,
        next,
        drops,
        next(bytes));
  }

  private long next(long bytes) {
    return (isSnapshotDue() ? 0 : sinceSnapshot) + bytes;
  }
}
