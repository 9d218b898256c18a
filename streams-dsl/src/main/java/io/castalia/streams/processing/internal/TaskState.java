package io.castalia.streams.processing.internal;

import io.castalia.api.OutboundRecord;
import io.castalia.streams.processing.internal.TaskEvent.Advanced;
import io.castalia.streams.processing.internal.TaskEvent.Delivered;
import io.castalia.streams.processing.internal.TaskEvent.Opened;
import io.castalia.streams.processing.internal.TaskEvent.Paged;
import io.castalia.streams.processing.internal.TaskEvent.PagingBegan;
import io.castalia.streams.processing.pages.PageRef;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
 * @param paging where its pages stand
 * @param unfinished a move of time that is in the middle
 * @param generation how often its application had been reset when it began
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
    long sinceSnapshot,
    Paging paging,
    Optional<Unfinished> unfinished,
    long generation) {

  /** The watermark of a task that has seen no record. */
  public static final long NO_TIME = Long.MIN_VALUE / 2;

  public static final TaskState NONE =
      new TaskState(
          TaskShape.NONE,
          -1,
          Map.of(),
          NO_TIME,
          0,
          0,
          0,
          Map.of(),
          Outbox.EMPTY,
          Map.of(),
          0,
          Paging.NONE,
          Optional.empty(),
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
    if (event instanceof PagingBegan began) {
      return pagingBegan(began);
    }
    if (event instanceof Paged paged) {
      return paged(paged);
    }
    return with(stores, paging, outbox.without(((Delivered) event).batches()), EVENT_BYTES);
  }

  /**
   * Why this state does not fit a topology, if it does not.
   *
   * @param mayGrow the inputs that may have more partitions than when the task began
   */
  public Optional<String> misfit(TaskShape topology, Set<String> mayGrow) {
    return shape.misfit(topology, mayGrow);
  }

  /** The same, begun in another generation. */
  public TaskState inGeneration(long other) {
    return new TaskState(
        shape,
        producerId,
        offsets,
        watermark,
        clock,
        tickets,
        records,
        stores,
        outbox,
        drops,
        sinceSnapshot,
        paging,
        unfinished,
        other);
  }

  /** What happens when it has more partitions to read, each from an offset on. */
  public TaskEvent reading(Map<TopicPartition, Long> more) {
    return new Advanced(
        more,
        new Advanced.Progress(watermark, clock, tickets, 0, unfinished),
        List.of(),
        List.of(),
        Map.of(),
        Map.of());
  }

  /** Whether the task has begun. */
  public boolean isOpen() {
    return producerId >= 0;
  }

  /**
   * Whether a snapshot is due: when events have grown as large as what of the state is in memory,
   * so that snapshots at most double what is written.
   */
  public boolean isSnapshotDue() {
    return sinceSnapshot >= Math.max(MIN_SNAPSHOT_BYTES, residentBytes());
  }

  /** Bytes of all keys and values in its stores. */
  public long storedBytes() {
    return stores.values().stream().mapToLong(StoreContent::bytes).sum();
  }

  /** What its stores take in memory, in bytes, about. */
  public long residentBytes() {
    return stores.values().stream().mapToLong(StoreContent::residentBytes).sum();
  }

  /** What changes take in memory that are not on their way into pages, in bytes, about. */
  public long activeBytes() {
    return stores.values().stream().mapToLong(StoreContent::activeBytes).sum();
  }

  /** What is to be worked into pages next, while that is under way. */
  public Optional<Paging.Unpaged> unpaged() {
    return Paging.first(stores);
  }

  private TaskState pagingBegan(PagingBegan event) {
    Paging next = paging.without(event.deleted());
    if (unpaged().isPresent()) {
      return with(stores, next.abandoned(), outbox, EVENT_BYTES);
    }
    Map<String, StoreContent> frozen = new HashMap<>(stores);
    frozen.replaceAll((name, content) -> content.freeze());
    return with(frozen, next, outbox, EVENT_BYTES);
  }

  private TaskState paged(Paged event) {
    Map<String, StoreContent> next = new HashMap<>(stores);
    StoreContent before = Objects.requireNonNull(stores.get(event.store()), event.store());
    next.put(event.store(), before.after(event.change(), event.ofTimes()));
    long bytes = EVENT_BYTES;
    for (PageRef ref : event.change().added()) {
      bytes += ref.first().get().length + Long.BYTES;
    }
    Paging after =
        paging
            .without(event.deleted())
            .after(event.ofTimes() ? before.byTime() : before.byKey(), event.change());
    return with(next, after, outbox, bytes);
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
        0,
        paging.withNone(stores),
        Optional.empty(),
        event.generation());
  }

  private TaskState advanced(Advanced event) {
    Map<TopicPartition, Long> nextOffsets = new HashMap<>(offsets);
    nextOffsets.putAll(event.offsets());
    Map<String, StoreContent> nextStores = new HashMap<>(stores);
    long bytes = EVENT_BYTES;
    for (StateChange change : event.changes()) {
      Bytes value = change.value();
      bytes += change.key().get().length + (value == null ? 0 : value.get().length);
      nextStores.computeIfPresent(change.store(), (name, content) -> content.with(change));
    }
    for (OutputBatch batch : event.outputs()) {
      for (OutboundRecord record : batch.records()) {
        bytes += Outbox.size(record);
      }
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
        next(bytes),
        paging,
        event.progress().unfinished(),
        generation);
  }

  private TaskState with(
      Map<String, StoreContent> nextStores, Paging nextPaging, Outbox nextOutbox, long bytes) {
    return new TaskState(
        shape,
        producerId,
        offsets,
        watermark,
        clock,
        tickets,
        records,
        Map.copyOf(nextStores),
        nextOutbox,
        drops,
        next(bytes),
        nextPaging,
        unfinished,
        generation);
  }

  private long next(long bytes) {
    return (isSnapshotDue() ? 0 : sinceSnapshot) + bytes;
  }
}
