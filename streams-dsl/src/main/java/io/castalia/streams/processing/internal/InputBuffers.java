package io.castalia.streams.processing.internal;

import io.castalia.api.InboundRecord;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The records that a task has read ahead, partition by partition. The next one is the earliest of
 * those that are first in their partitions; and none is next while a partition is empty of which it
 * is not known that it has no more. Records of topics that are to be known in advance come before
 * all others.
 */
public final class InputBuffers {
  /** Of a partition that has so many records waiting no more are fetched. */
  static final int ENOUGH = 10_000;

  private final Map<TopicPartition, Input> inputs = new HashMap<>();
  private final Set<String> inAdvance;

  /** What {@link #peek} has found, while nothing has changed since. */
  private @Nullable SourceRecord next;

  private static final class Input {
    private final Queue<InboundRecord> records = new ArrayDeque<>();
    private long nextOffset;
    private boolean fetching;
    private boolean atEnd;

    Input(long nextOffset) {
      this.nextOffset = nextOffset;
    }
  }

  /**
   * Begins to read at these offsets.
   *
   * @param inAdvance topics of which all is read that there is before any other record
   */
  public InputBuffers(Map<TopicPartition, Long> offsets, Set<String> inAdvance) {
    this.inAdvance = Set.copyOf(inAdvance);
    offsets.forEach((partition, offset) -> inputs.put(partition, new Input(offset)));
  }

  /** What is to be fetched now: offsets by partition. They count as being fetched from now on. */
  public Map<TopicPartition, Long> toFetch() {
    Map<TopicPartition, Long> wanted = new HashMap<>();
    inputs.forEach(
        (partition, input) -> {
          if (!input.fetching && input.records.size() < ENOUGH) {
            input.fetching = true;
            wanted.put(partition, input.nextOffset);
          }
        });
    return wanted;
  }

  /**
   * Takes what was fetched.
   *
   * @param nextOffset from where to fetch next
   * @param highWatermark offset behind the last record there was
   */
  public void fetched(
      TopicPartition partition, List<InboundRecord> records, long nextOffset, long highWatermark) {
    next = null;
    Input input = input(partition);
    input.fetching = false;
    input.records.addAll(records);
    input.nextOffset = nextOffset;
    input.atEnd = nextOffset >= highWatermark;
  }

  /** A fetch has failed and is to be repeated. */
  public void notFetched(TopicPartition partition) {
    input(partition).fetching = false;
  }

  /** The record to work on next, which stays here. */
  public Optional<SourceRecord> peek() {
    if (next == null) {
      next = find();
    }
    return Optional.ofNullable(next);
  }

  private @Nullable SourceRecord find() {
    SourceRecord first = null;
    for (Map.Entry<TopicPartition, Input> entry : inputs.entrySet()) {
      InboundRecord head = entry.getValue().records.peek();
      if (head == null) {
        if (!entry.getValue().atEnd) {
          return null;
        }
      } else if (first == null || isBefore(entry.getKey(), head, first)) {
        first = new SourceRecord(entry.getKey(), head);
      }
    }
    return first;
  }

  /** Some of the records that will be next, in no order: up to so many of each partition. */
  public Stream<SourceRecord> ahead(int ofEach) {
    return inputs.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().records.stream()
                    .limit(ofEach)
                    .map(record -> new SourceRecord(entry.getKey(), record)));
  }

  private boolean isBefore(TopicPartition partition, InboundRecord record, SourceRecord other) {
    boolean early = inAdvance.contains(partition.topic());
    if (early != inAdvance.contains(other.partition().topic())) {
      return early;
    }
    int byTime = Long.compare(record.timestamp(), other.record().timestamp());
    return byTime < 0
        || (byTime == 0 && partition.topic().compareTo(other.partition().topic()) < 0);
  }

  /** The record has been worked on. */
  public void remove(SourceRecord record) {
    next = null;
    input(record.partition()).records.remove();
  }

  private Input input(TopicPartition partition) {
    Input input = inputs.get(partition);
    if (input == null) {
      throw new IllegalArgumentException(
          "expected one of the partitions %s, but it was %s".formatted(inputs.keySet(), partition));
    }
    return input;
  }
}
