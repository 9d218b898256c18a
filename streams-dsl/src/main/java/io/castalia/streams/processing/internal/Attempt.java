package io.castalia.streams.processing.internal;

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
  private final Map<String, StoreContent> touched = new HashMap<>();
  private final List<StateChange> changes = new ArrayList<>();
  private final List<OutputRecord> outputs = new ArrayList<>();
  private final List<String> drops = new ArrayList<>();
  private final long clock;
  private long watermark;
  private long tickets;
  private boolean punctuated;

  Attempt(Batch batch, @Nullable SourceRecord source, long clock) {
    this.batch = batch;
    this.source = source;
    this.clock = clock;
    this.watermark = batch.watermark();
    this.tickets = batch.tickets();
  }

  @Override
  public StoreContent content(String store) {
    StoreContent own = touched.get(store);
    return own == null ? batch.content(store) : own;
  }

  @Override
  public void change(String store, Bytes key, @Nullable Bytes value) {
    StoreContent last = content(store);
    if (value != null || last.get(key) != null) {
      touched.put(store, last.with(key, value));
      changes.add(new StateChange(store, key, value));
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
