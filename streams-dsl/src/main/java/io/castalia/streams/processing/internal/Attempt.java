package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.RecordContext;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.pages.Page;
import io.castalia.streams.processing.pages.PageSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What one record does, or a slice of a move of time. It counts only when the batch takes it in.
 */
final class Attempt implements StateAccess {
  /** What follows of one record is journaled as a whole, and journals take no larger entries. */
  static final long MAX_BYTES = 8 * 1024 * 1024;

  /** After so many bytes of results a slice takes no more. */
  private static final long SLICE_BYTES = 256 * 1024;

  private final Batch batch;
  private final @Nullable SourceRecord source;
  private final @Nullable Slice slice;
  private final PageSource pages;
  private final Map<String, StoreContent> touched = new HashMap<>();
  private final List<StateChange> changes = new ArrayList<>();
  private final List<OutputRecord> outputs = new ArrayList<>();
  private final Map<String, Long> drops = new HashMap<>();
  private final long clock;
  private long watermark;
  private long tickets;
  private long bytes;
  private int taken;
  private boolean punctuated;
  private boolean advanceWanted;
  private Bytes position;
  private Optional<Unfinished> left = Optional.empty();
  private @Nullable RuntimeException unread;

  private Attempt(
      Batch batch,
      @Nullable SourceRecord source,
      @Nullable Slice slice,
      long clock,
      PageSource pages) {
    this.batch = batch;
    this.source = source;
    this.slice = slice;
    this.clock = clock;
    this.pages = pages;
    this.watermark = batch.watermark();
    this.tickets = batch.tickets();
    this.position = slice == null ? Unfinished.BEGINNING : slice.of().at();
  }

  static Attempt ofRecord(Batch batch, SourceRecord source, long clock, PageSource pages) {
    return new Attempt(batch, source, null, clock, pages);
  }

  static Attempt ofTime(Batch batch, Slice slice, long clock, PageSource pages) {
    return new Attempt(batch, null, slice, clock, pages);
  }

  @Override
  public StoreReader content(String store) {
    StoreContent own = touched.get(store);
    return new StoreReader(own == null ? batch.content(store) : own, this::page);
  }

  private Page page(long number) {
    try {
      return pages.page(number);
    } catch (RuntimeException e) {
      unread = e;
      throw e;
    }
  }

  /**
   * How many partitions a topic has.
   *
   * @throws TopicUnavailableException if that cannot be known now
   */
  int partitions(String topic, ToIntFunction<String> counts) {
    try {
      return counts.applyAsInt(topic);
    } catch (TopicUnavailableException e) {
      unread = e;
      throw e;
    }
  }

  /**
   * What the attempt has not read, it does not know: nothing that came of it may count, whatever
   * the code of its operators made of the failure.
   */
  void requireRead() {
    if (unread != null) {
      throw unread;
    }
  }

  @Override
  public void change(String store, Bytes key, @Nullable Bytes value) {
    StoreReader last = content(store);
    StateChange change = new StateChange(store, key, value, StateChange.sizeOf(last.get(key)));
    if (!change.isNothing()) {
      touched.put(store, last.content().with(change));
      changes.add(change);
      grow((long) key.get().length + (value == null ? 0 : value.get().length));
    }
  }

  void output(OutputRecord record) {
    outputs.add(record);
    grow(Outbox.size(record.record()));
  }

  private void grow(long more) {
    bytes += more;
    if (bytes > MAX_BYTES) {
      throw new IllegalStateException(
          "expected no more than %d bytes of changes and results of one record, which are journaled"
                  .formatted(MAX_BYTES)
              + " as a whole, but there are more: forward less at a time");
    }
  }

  void drop(String what) {
    drops.merge(what, 1L, Long::sum);
  }

  void reach(long timestamp) {
    watermark = Math.max(watermark, timestamp);
  }

  long ticket() {
    return tickets++;
  }

  /** A punctuation by wall-clock time has been made. */
  void punctuated() {
    punctuated = true;
  }

  boolean hasPunctuated() {
    return punctuated;
  }

  boolean hasRoom() {
    return taken < slice().entries() && bytes < SLICE_BYTES;
  }

  boolean mayTake() {
    boolean room = hasRoom();
    taken += room ? 1 : 0;
    return room;
  }

  boolean isSkipping() {
    return slice != null && slice.skipping();
  }

  Unfinished move() {
    return slice().of();
  }

  private Slice slice() {
    if (slice == null) {
      throw new IllegalStateException("expected time to move, but a record is worked on");
    }
    return slice;
  }

  Bytes position() {
    return position;
  }

  void leaveAt(Bytes next) {
    position = next;
  }

  void wantAdvance() {
    advanceWanted = true;
  }

  /** Leaves it to be done that event time moves, if the record has moved it or that is wanted. */
  void moveTime() {
    if (watermark > batch.watermark() || advanceWanted) {
      leave(Unfinished.ofEvents(batch.watermark(), watermark));
    }
  }

  /** Says what is left to do of a move of time. */
  void leave(Unfinished rest) {
    left = Optional.of(rest);
  }

  Optional<Unfinished> left() {
    return left;
  }

  /** What a record that is written is, beside its key and value. */
  RecordContext context(StreamRecord<?, ?> written) {
    return new RecordContext(
        written.timestamp(),
        written.headers(),
        source == null ? Optional.empty() : Optional.of(source.partition()),
        source == null ? -1 : source.record().offset());
  }

  SourceRecord source() {
    if (source == null) {
      throw new IllegalStateException("expected a record, but time has moved only");
    }
    return source;
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

  Map<String, StoreContent> touched() {
    return touched;
  }

  List<StateChange> changes() {
    return changes;
  }

  List<OutputRecord> outputs() {
    return outputs;
  }

  Map<String, Long> drops() {
    return drops;
  }

  /** Of all outputs and changes. */
  long bytes() {
    return bytes;
  }
}
