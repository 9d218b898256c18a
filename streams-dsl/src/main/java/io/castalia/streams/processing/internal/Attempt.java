package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.pages.Page;
import io.castalia.streams.processing.pages.PageSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** What one record, or one move of the clock, does. It counts only when the batch takes it in. */
final class Attempt implements StateAccess {
  private final Batch batch;
  private final @Nullable SourceRecord source;
  private final PageSource pages;
  private final Map<String, StoreContent> touched = new HashMap<>();
  private final List<StateChange> changes = new ArrayList<>();
  private final List<OutputRecord> outputs = new ArrayList<>();
  private final List<String> drops = new ArrayList<>();
  private final long clock;
  private long watermark;
  private long tickets;
  private boolean punctuated;
  private @Nullable RuntimeException unread;

  Attempt(Batch batch, @Nullable SourceRecord source, long clock, PageSource pages) {
    this.batch = batch;
    this.source = source;
    this.clock = clock;
    this.pages = pages;
    this.watermark = batch.watermark();
    this.tickets = batch.tickets();
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
    }
  }

  void output(OutputRecord record) {
    outputs.add(record);
  }

  void drop(String what) {
    drops.add(what);
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

  /** Whether only the clock has moved. */
  boolean isTick() {
    return source == null;
  }

  SourceRecord source() {
    if (source == null) {
      throw new IllegalStateException("expected a record, but the clock has moved only");
    }
    return source;
  }

  long watermark() {
    return watermark;
  }

  long lastWatermark() {
    return batch.watermark();
  }

  long clock() {
    return clock;
  }

  long lastClock() {
    return batch.clock();
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

  List<String> drops() {
    return drops;
  }
}
