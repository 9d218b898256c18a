package io.castalia.streams.processing.internal;

import io.castalia.api.InboundRecord;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.StreamRecord;
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
  private final TaskPlace place;
  private final ErrorPolicy errors;
  private final PageSource pages;
  private final Map<String, Node.Source> sources = new HashMap<>();
  private final Map<Integer, NodeRunner> runners = new HashMap<>();
  private final Map<Integer, List<Node>> children = new HashMap<>();
  private final List<Node> steps = new ArrayList<>();
  private @Nullable Attempt current;
  private String where = "";

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
    this.errors = errors;
    this.pages = pages;
    for (Node node : topology.nodes()) {
      children.put(node.id(), topology.graph().childrenOf(node));
      if (node instanceof Node.Source source) {
        sources.put(source.topic().in(place.applicationId()), source);
      } else {
        steps.add(node);
      }
    }
    topology.nodes().forEach(node -> runners.put(node.id(), NodeRunner.of(node, this, place)));
  }

  /** Begins a batch on top of a state. */
  public Batch begin(TaskState state) {
    return new Batch(state);
  }

  /**
   * Works on the next record.
   *
   * @param now wall-clock time in milliseconds since the epoch
   * @throws FailedRecordException if that fails, as far as the policy is to fail then; the batch is
   *     as before
   * @throws io.castalia.streams.processing.pages.PageUnavailableException if a part of the state
   *     cannot be read now, whatever the policy; the batch is as before
   */
  public void process(Batch batch, SourceRecord source, long now) {
    Attempt attempt = begin(batch, source, now);
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
   * Makes the punctuations that are due by now.
   *
   * @param now wall-clock time in milliseconds since the epoch
   * @throws FailedRecordException as {@link #process}
   */
  public void tick(Batch batch, long now) {
    Attempt attempt = begin(batch, null, now);
    try {
      advance();
      attempt.requireRead();
    } catch (RuntimeException e) {
      attempt.requireRead();
      if (errors instanceof ErrorPolicy.Fail) {
        throw new FailedRecordException(where, e);
      }
      attempt = begin(batch, null, now);
      attempt.drop(where + ": punctuation failed: " + e);
      attempt.punctuated();
    }
    batch.absorb(attempt);
    if (attempt.hasPunctuated()) {
      batch.reachClock(now);
    }
  }

  private Attempt begin(Batch batch, @Nullable SourceRecord source, long now) {
    Attempt attempt = new Attempt(batch, source, now, pages);
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
    StreamRecord<?, ?> record = decode(node, raw.partition().topic(), raw.record());
    if (record.timestamp() < 0) {
      attempt.drop(node.name() + ": negative timestamp");
      return;
    }
    if (!node.everywhere()) {
      attempt.reach(record.timestamp());
    }
    deliver(node, record);
    if (attempt.watermark() > attempt.lastWatermark()) {
      advance();
    }
  }

  private static StreamRecord<?, ?> decode(Node.Source node, String topic, InboundRecord raw) {
    return node.codec().decode(topic, raw);
  }

  private Attempt failed(Batch batch, SourceRecord source, long now, RuntimeException failure) {
    if (errors instanceof ErrorPolicy.Fail) {
      throw new FailedRecordException(source, where, failure);
    }
    Attempt instead = begin(batch, source, now);
    if (errors instanceof ErrorPolicy.DeadLetter letter) {
      int partitions = place.counts().applyAsInt(letter.topic());
      instead.output(DeadLetterRecord.of(letter.topic(), partitions, source, failure));
      instead.drop(where + ": dead letter");
    } else {
      instead.drop(where + ": skipped after " + failure.getClass().getName());
    }
    return instead;
  }

  /** Along the edges, so that what one node emits is seen by those behind it. */
  private void advance() {
    for (Node node : steps) {
      where = node.name();
      runner(node).advance();
    }
  }

  void forward(Node from, StreamRecord<?, ?> record) {
    for (Node child : childrenOf(from)) {
      deliver(child, record);
    }
  }

  void forwardTo(Node from, int child, StreamRecord<?, ?> record) {
    deliver(childrenOf(from).get(child), record);
  }

  /** When a node fails it is the last one that was told. */
  private void deliver(Node node, StreamRecord<?, ?> record) {
    String last = where;
    where = node.name();
    runner(node).process(record);
    where = last;
  }

  private NodeRunner runner(Node node) {
    NodeRunner runner = runners.get(node.id());
    if (runner == null) {
      throw new IllegalStateException("there is no node " + node.id());
    }
    return runner;
  }

  private List<Node> childrenOf(Node node) {
    return children.getOrDefault(node.id(), List.of());
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
