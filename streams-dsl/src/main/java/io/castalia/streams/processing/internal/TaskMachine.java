package io.castalia.streams.processing.internal;

import io.castalia.api.InboundRecord;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.internal.NodeRunner.TimedStep;
import io.castalia.streams.processing.pages.PageSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One task of a topology: makes of records and a state what is to be published and how the state
 * changes. The same records, state and times give the same results. Not safe for use by several
 * threads.
 */
public final class TaskMachine implements StateAccess {
  /** Entries that are worked on at once when time moves: so long the task does not answer. */
  static final int SLICE_ENTRIES = 128;

  private final TaskPlace place;
  private final FailurePolicy errors;
  private final PageSource pages;
  private final Map<String, Node.Source> sources = new HashMap<>();

  /** By the numbers of nodes. */
  private final NodeRunner[] runners;

  /** By the numbers of nodes. */
  private final Node[][] children;

  /** Those to which time matters, along the edges. */
  private final List<Timed> timedSteps = new ArrayList<>();

  private int sliceEntries = SLICE_ENTRIES;
  private @Nullable Attempt current;
  private String where = "";
  private boolean reading;

  private record Timed(String name, TimedStep step) {}

  /** A task whose state is all in memory. */
  public TaskMachine(SubTopology topology, TaskPlace place, ErrorPolicy errors) {
    this(topology, place, errors, PageSource.NONE);
  }

  /**
   * A task of a topology.
   *
   * @param pages of its state that are not in memory
   */
  public TaskMachine(SubTopology topology, TaskPlace place, ErrorPolicy errors, PageSource pages) {
    this.place = place;
    this.errors = new FailurePolicy(errors);
    this.pages = pages;
    int numbers = topology.nodes().stream().mapToInt(Node::id).max().orElse(0) + 1;
    this.runners = new NodeRunner[numbers];
    this.children = new Node[numbers][];
    for (Node node : topology.nodes()) {
      NodeRunner runner = NodeRunner.of(node, this, place);
      runners[node.id()] = runner;
      children[node.id()] = topology.graph().childrenOf(node).toArray(Node[]::new);
      if (node instanceof Node.Source source) {
        sources.put(source.topic().in(place.applicationId()), source);
      } else if (runner instanceof TimedStep timed) {
        timedSteps.add(new Timed(node.name(), timed));
      }
    }
  }

  /** Begins a batch on top of a state. */
  public Batch begin(TaskState state) {
    return new Batch(state);
  }

  /**
   * Works on the next record. If it moves event time, {@link #advance} comes next.
   *
   * @param now wall-clock time in milliseconds since the epoch
   * @throws FailedRecordException if that fails, as far as the policy is to fail then; the batch is
   *     as before
   * @throws io.castalia.streams.processing.pages.PageUnavailableException if a part of the state
   *     cannot be read now, whatever the policy; the batch is as before
   * @throws TopicUnavailableException the same, if a topic cannot be asked for that a record names
   */
  public void process(Batch batch, SourceRecord source, long now) {
    requireFinished(batch);
    Attempt attempt = begin(Attempt.ofRecord(batch, source, now, pages));
    reading = false;
    try {
      read(attempt, source);
      attempt.requireRead();
      batch.absorb(attempt);
    } catch (RuntimeException e) {
      attempt.requireRead();
      batch.absorb(failed(batch, source, now, e));
    }
    batch.read(source);
  }

  /**
   * Makes the punctuations that are due by now. If they are more than is done at once, {@link
   * #advance} comes next.
   *
   * @param now wall-clock time in milliseconds since the epoch
   * @throws FailedRecordException as {@link #process}
   */
  public void tick(Batch batch, long now) {
    requireFinished(batch);
    move(batch, Unfinished.ofClock(batch.clock(), now), now);
  }

  /**
   * Works on a part of what follows of a move of time, while a batch {@link Batch#isUnfinished is
   * unfinished}; this batch or the next one has the rest. Where the policy is not to fail, what
   * fails then is passed over by itself: the record that moved time has no part in it.
   *
   * @param now wall-clock time in milliseconds since the epoch
   * @throws FailedRecordException as {@link #process}
   */
  public void advance(Batch batch, long now) {
    move(batch, batch.unfinished().orElseThrow(), now);
  }

  private static void requireFinished(Batch batch) {
    if (batch.isUnfinished()) {
      throw new IllegalStateException(
          "expected what follows of a move of time to be done first, but this is left: "
              + batch.unfinished().orElseThrow());
    }
  }

  /** What fails among many is found by trying few. */
  private void move(Batch batch, Unfinished move, long now) {
    try {
      absorb(batch, move, slice(batch, new Slice(move, sliceEntries, false), now));
      sliceEntries = Math.min(SLICE_ENTRIES, 2 * sliceEntries);
    } catch (RuntimeException e) {
      attempt().requireRead();
      if (errors.ofTime(where, e) instanceof ErrorPolicy.Fail) {
        throw new FailedRecordException(where, e);
      }
      if (sliceEntries == 1) {
        skip(batch, move, now, e);
      } else {
        sliceEntries = 1;
        move(batch, move, now);
      }
    }
  }

  private void skip(Batch batch, Unfinished move, long now, RuntimeException failure) {
    String what = where + skipped(failure);
    try {
      Attempt instead = slice(batch, new Slice(move, 1, true), now);
      instead.drop(what);
      absorb(batch, move, instead);
    } catch (RuntimeException e) {
      attempt().requireRead();
      throw new FailedRecordException(where, e);
    }
  }

  private static void absorb(Batch batch, Unfinished move, Attempt attempt) {
    batch.absorb(attempt);
    boolean done = attempt.left().isEmpty();
    if (done && move.byClock() && (move.isBegun() || attempt.hasPunctuated())) {
      batch.reachClock(move.to());
    }
  }

  /** Along the edges, so that what one node emits is seen by those behind it. */
  private Attempt slice(Batch batch, Slice slice, long now) {
    Attempt attempt = begin(Attempt.ofTime(batch, slice, now, pages));
    Unfinished move = slice.of();
    for (Timed timed : timedSteps.subList(firstStep(move), timedSteps.size())) {
      where = timed.name();
      if (!timed.name().equals(move.step())) {
        attempt.leaveAt(Unfinished.BEGINNING);
      }
      if (!timed.step().advance()) {
        attempt.leave(move.at(timed.name(), attempt.position()));
        break;
      }
    }
    attempt.requireRead();
    return attempt;
  }

  private int firstStep(Unfinished move) {
    for (int at = 0; move.isBegun() && at < timedSteps.size(); at++) {
      if (timedSteps.get(at).name().equals(move.step())) {
        return at;
      }
    }
    return 0;
  }

  private Attempt begin(Attempt attempt) {
    current = attempt;
    return attempt;
  }

  private void read(Attempt attempt, SourceRecord raw) {
    Node.Source node = sources.get(raw.partition().topic());
    if (node == null) {
      throw new IllegalArgumentException(
          "expected a record of one of %s, but it is of \"%s\""
              .formatted(sources.keySet(), raw.partition().topic()));
    }
    where = node.name();
    reading = true;
    StreamRecord<?, ?> record = decode(node, raw.partition().topic(), raw.record());
    reading = false;
    if (record.timestamp() < 0) {
      attempt.drop(node.name() + ": negative timestamp");
      return;
    }
    if (!node.everywhere()) {
      attempt.reach(record.timestamp());
    }
    deliver(node, record);
    if (!timedSteps.isEmpty()) {
      attempt.moveTime();
    }
  }

  private static StreamRecord<?, ?> decode(Node.Source node, String topic, InboundRecord raw) {
    return node.codec().decode(topic, raw);
  }

  private Attempt failed(Batch batch, SourceRecord source, long now, RuntimeException failure) {
    ErrorPolicy policy = errors.ofRecord(source, where, reading, failure);
    if (policy instanceof ErrorPolicy.Fail) {
      throw new FailedRecordException(source, where, failure);
    }
    Attempt instead = begin(Attempt.ofRecord(batch, source, now, pages));
    if (policy instanceof ErrorPolicy.DeadLetter letter) {
      int partitions = place.counts().applyAsInt(letter.topic());
      instead.output(DeadLetterRecord.of(letter.topic(), partitions, source, failure));
      instead.drop(where + ": dead letter");
    } else {
      instead.drop(where + skipped(failure));
    }
    return instead;
  }

  private static String skipped(RuntimeException failure) {
    return ": skipped after " + failure.getClass().getName();
  }

  void forward(Node from, StreamRecord<?, ?> record) {
    for (Node child : children[from.id()]) {
      deliver(child, record);
    }
  }

  void forwardTo(Node from, int child, StreamRecord<?, ?> record) {
    deliver(children[from.id()][child], record);
  }

  /** When a node fails it is the last one that was told. */
  private void deliver(Node node, StreamRecord<?, ?> record) {
    String last = where;
    where = node.name();
    runners[node.id()].process(record);
    where = last;
  }

  Attempt attempt() {
    if (current == null) {
      throw new IllegalStateException("stores are there while a record is worked on only");
    }
    return current;
  }

  int partition() {
    return place.partition();
  }

  @Override
  public StoreReader content(String store) {
    return attempt().content(store);
  }

  @Override
  public void change(String store, Bytes key, @Nullable Bytes value) {
    attempt().change(store, key, value);
  }
}
