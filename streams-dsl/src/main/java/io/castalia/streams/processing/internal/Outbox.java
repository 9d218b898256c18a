package io.castalia.streams.processing.internal;

import io.castalia.api.Header;
import io.castalia.api.OutboundRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What a task has to publish: batches that are journaled, and of which it is not journaled that
 * they have been published. After a crash they are published again, and a partition recognises a
 * repetition of the last five batches of a producer: so no more than a few of one partition may be
 * published before that is journaled.
 *
 * @param sequences the next sequence number by partition
 * @param waiting batches by partition, the oldest first
 */
public record Outbox(
    Map<TopicPartition, Integer> sequences, Map<TopicPartition, List<OutputBatch>> waiting) {
  /** Batches of one partition that may be published before that is journaled. */
  public static final int WINDOW = 4;

  static final Outbox EMPTY = new Outbox(Map.of(), Map.of());

  /** A batch takes no more records when it has this many bytes: half of what a topic takes. */
  static final int BATCH_BYTES = 512 * 1024;

  private static final int RECORD_OVERHEAD = 32;

  public Outbox {
    sequences = Map.copyOf(sequences);
    waiting = Map.copyOf(waiting);
  }

  /** The records as batches, partition by partition in their order. */
  List<OutputBatch> batches(List<OutputRecord> records) {
    Map<TopicPartition, List<OutboundRecord>> byPartition = new LinkedHashMap<>();
    for (OutputRecord record : records) {
      byPartition
          .computeIfAbsent(record.partition(), partition -> new ArrayList<>())
          .add(record.record());
    }
    List<OutputBatch> batches = new ArrayList<>();
    byPartition.forEach(
        (partition, ofPartition) ->
            cut(partition, sequences.getOrDefault(partition, 0), ofPartition, batches));
    return batches;
  }

  private static void cut(
      TopicPartition partition,
      int firstSequence,
      List<OutboundRecord> records,
      List<OutputBatch> batches) {
    int sequence = firstSequence;
    int from = 0;
    long bytes = 0;
    for (int at = 0; at < records.size(); at++) {
      long size = size(records.get(at));
      if (at > from && bytes + size > BATCH_BYTES) {
        OutputBatch batch = new OutputBatch(partition, sequence, records.subList(from, at));
        batches.add(batch);
        sequence = batch.nextSequence();
        from = at;
        bytes = 0;
      }
      bytes += size;
    }
    batches.add(new OutputBatch(partition, sequence, records.subList(from, records.size())));
  }

  static long size(OutboundRecord record) {
    long size = RECORD_OVERHEAD + length(record.key()) + length(record.value());
    for (Header header : record.headers()) {
      size += header.name().length() + length(header.value());
    }
    return size;
  }

  private static long length(@Nullable ByteString bytes) {
    return bytes == null ? 0 : bytes.length();
  }

  /** With more batches to publish. */
  Outbox with(List<OutputBatch> batches) {
    if (batches.isEmpty()) {
      return this;
    }
    Map<TopicPartition, Integer> next = new HashMap<>(sequences);
    Map<TopicPartition, List<OutputBatch>> more = new HashMap<>(waiting);
    for (OutputBatch batch : batches) {
      next.put(batch.partition(), batch.nextSequence());
      List<OutputBatch> queue = new ArrayList<>(more.getOrDefault(batch.partition(), List.of()));
      queue.add(batch);
      more.put(batch.partition(), List.copyOf(queue));
    }
    return new Outbox(next, more);
  }

  /** Without the oldest batches, as many as are given. */
  Outbox without(Map<TopicPartition, Integer> delivered) {
    if (delivered.isEmpty()) {
      return this;
    }
    Map<TopicPartition, List<OutputBatch>> left = new HashMap<>(waiting);
    delivered.forEach(
        (partition, count) -> {
          List<OutputBatch> queue = left.getOrDefault(partition, List.of());
          List<OutputBatch> rest = queue.subList(count, queue.size());
          if (rest.isEmpty()) {
            left.remove(partition);
          } else {
            left.put(partition, List.copyOf(rest));
          }
        });
    return new Outbox(sequences, left);
  }
}
