package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.StoreSpec;

/** What an operator may use and do while it works on a record. */
public final class OperatorContext<K, V> {
  private final TaskMachine machine;
  private final Node node;

  OperatorContext(TaskMachine machine, Node node) {
    this.machine = machine;
    this.node = node;
  }

  /** Passes a record on to all nodes behind this one. */
  public void forward(StreamRecord<? extends K, ? extends V> record) {
    machine.forward(node, record);
  }

  /** Passes a record on to one of the nodes behind this one, in the order of their making. */
  public void forwardTo(int child, StreamRecord<? extends K, ? extends V> record) {
    machine.forwardTo(node, child, record);
  }

  <A, B> KeyedEntries<A, B> keyed(StoreSpec<A, B> store) {
    return new KeyedEntries<>(machine, store);
  }

  <A, B> TimedEntries<A, B> timed(StoreSpec<A, B> store) {
    return new TimedEntries<>(machine, store);
  }

  /** The highest event time that the task has seen, in milliseconds since the epoch. */
  public long watermark() {
    return machine.attempt().watermark();
  }

  /** What the watermark was before this record. */
  long lastWatermark() {
    return machine.attempt().lastWatermark();
  }

  /** Wall-clock time in milliseconds since the epoch, as of the current batch. */
  public long clock() {
    return machine.attempt().clock();
  }

  /** The wall-clock time up to which punctuations have been made. */
  long lastClock() {
    return machine.attempt().lastClock();
  }

  /** Whether no record is worked on, but the clock has moved. */
  boolean isTick() {
    return machine.attempt().isTick();
  }

  void punctuated() {
    machine.attempt().punctuated();
  }

  /** A number that the task has not given out before, growing. */
  long ticket() {
    return machine.attempt().ticket();
  }

  /** Counts what is dropped here, by reason, for everyone to see. */
  public void drop(String reason) {
    machine.attempt().drop(node.name() + ": " + reason);
  }

  /** The record that is being worked on, as read. */
  public SourceRecord source() {
    return machine.attempt().source();
  }

  /** Of the task, from 0. */
  public int partition() {
    return machine.partition();
  }
}
