package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.internal.TimedEntries.Entry;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;

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

  /**
   * Removes the entries of a store before a time, the earliest first, and does something with each,
   * as far as it {@link #mayTake may}.
   *
   * @return whether all of them were taken
   */
  <A, B> boolean takeBefore(StoreSpec<A, B> store, long time, Consumer<Entry<A, B>> action) {
    return isSkipping()
        ? dropBefore(store, time)
        : timed(store).takeBefore(time, this::mayTake, action);
  }

  /** The same, with nothing done. */
  boolean dropBefore(StoreSpec<?, ?> store, long time) {
    return timed(store).dropBefore(time, this::mayTake);
  }

  /**
   * Asked by an operator before each entry that it takes, or punctuation that it makes, as time
   * moves: what is done at once is one journal entry, and has a limit.
   */
  boolean mayTake() {
    return machine.attempt().mayTake();
  }

  /** Whether an operator may take more, which is not taken by asking this. */
  boolean hasRoom() {
    return machine.attempt().hasRoom();
  }

  /** Whether what is taken is to have no consequences, as these would fail. */
  boolean isSkipping() {
    return machine.attempt().isSkipping();
  }

  /** From where the operator goes on, as it {@link #leaveAt left} it; empty at its beginning. */
  Bytes position() {
    return machine.attempt().position();
  }

  /** Says from where to go on, before an operator whose stores do not tell gives back false. */
  void leaveAt(Bytes position) {
    machine.attempt().leaveAt(position);
  }

  /** Has {@link Operator#advance} called though time has not moved. */
  void wantAdvance() {
    machine.attempt().wantAdvance();
  }

  /** The highest event time that the task has seen, in milliseconds since the epoch. */
  public long watermark() {
    return machine.attempt().watermark();
  }

  /** Wall-clock time in milliseconds since the epoch, as of the current batch. */
  public long clock() {
    return machine.attempt().clock();
  }

  /** The move of time that is being worked on. */
  Unfinished move() {
    return machine.attempt().move();
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
