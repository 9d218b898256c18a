package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.pages.PageChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** What happens to a task, as it is journaled. */
public sealed interface TaskEvent {

  /**
   * The task begins, for the first time or anew.
   *
   * @param shape what its state fits
   * @param offsets where it begins to read
   * @param producerId of its idempotent producer, until it begins anew
   * @param clock wall-clock time in milliseconds since the epoch
   * @param generation how often its application had been reset then
   */
  record Opened(
      TaskShape shape,
      Map<TopicPartition, Long> offsets,
      long producerId,
      long clock,
      long generation)
      implements TaskEvent {
    public Opened {
      offsets = Map.copyOf(offsets);
    }

    /** In an application that has not been reset. */
    public Opened(TaskShape shape, Map<TopicPartition, Long> offsets, long producerId, long clock) {
      this(shape, offsets, producerId, clock, 0);
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

    /** With a move of time of which the next batch has more. */
    public Advanced unfinished(Unfinished move) {
      Progress next =
          new Progress(
              progress.watermark,
              progress.clock,
              progress.tickets,
              progress.records,
              Optional.of(move));
      return new Advanced(offsets, next, changes, outputs, delivered, drops);
    }

    /**
     * How far the task has come.
     *
     * @param watermark highest event time seen
     * @param clock wall-clock time up to which punctuations have been made
     * @param tickets numbers given out since the task began
     * @param records read in this batch
     * @param unfinished a move of time of which the next batch has more
     */
    public record Progress(
        long watermark, long clock, long tickets, int records, Optional<Unfinished> unfinished) {}
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
