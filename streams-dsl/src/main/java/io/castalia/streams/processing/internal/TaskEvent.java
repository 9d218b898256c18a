package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.pages.PageChange;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What happens to a task, as it is journaled. */
public sealed interface TaskEvent {

  /**
   * The task begins.
   *
   * @param shape what its state fits
   * @param offsets where it begins to read
   * @param producerId of its idempotent producer, for ever
   * @param clock wall-clock time in milliseconds since the epoch
   */
  record Opened(TaskShape shape, Map<TopicPartition, Long> offsets, long producerId, long clock)
      implements TaskEvent {
    public Opened {
      offsets = Map.copyOf(offsets);
    }
  }

  /**
   * Records have been worked on: all that follows of them is in here, so that it happens as a whole
   * or not at all.
   *
   * @param offsets from where to read on, for partitions that were read
   * @param changes of stores
   * @param outputs to be published
   * @param delivered how many batches of the outbox had been published, from the oldest on
   * @param drops what was dropped, counted by place and reason
   */
  record Advanced(
      Map<TopicPartition, Long> offsets,
      Progress progress,
      List<StateChange> changes,
      List<OutputBatch> outputs,
      Map<TopicPartition, Integer> delivered,
      Map<String, Long> drops)
      implements TaskEvent {
    public Advanced {
      offsets = Map.copyOf(offsets);
      changes = List.copyOf(changes);
      outputs = List.copyOf(outputs);
      delivered = Map.copyOf(delivered);
      drops = Map.copyOf(drops);
    }

    /**
     * How far the task has come.
     *
     * @param watermark highest event time seen
     * @param clock wall-clock time up to which punctuations have been made
     * @param tickets numbers given out since the task began
     * @param records read in this batch
     */
    public record Progress(long watermark, long clock, long tickets, int records) {}
  }

  /**
   * The changes of late are frozen, to be worked into pages; or, if some are already, someone else
   * does that from now on, with other pages.
   *
   * @param deleted how many superseded pages had been deleted, from the first one on
   */
  record PagingBegan(int deleted) implements TaskEvent {}

  /**
   * Frozen changes of a store are in pages.
   *
   * @param ofTimes whether of the store's order by time
   * @param deleted as in {@link PagingBegan}
   */
  record Paged(String store, boolean ofTimes, PageChange change, int deleted)
      implements TaskEvent {}

  /** Batches of the outbox have been published: how many, from the oldest on. */
  record Delivered(Map<TopicPartition, Integer> batches) implements TaskEvent {
    public Delivered {
      batches = Map.copyOf(batches);
    }
  }
}
