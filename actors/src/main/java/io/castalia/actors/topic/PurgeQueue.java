package io.castalia.actors.topic;

import io.castalia.actors.partition.PartitionId;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * Which logs are still to be removed. Topics take turns; within a topic, partitions go in order and
 * failed ones come again after the others. A partition takes two bits.
 */
final class PurgeQueue {
  private final Map<Uuid, Progress> topics = new HashMap<>();
  private final ArrayDeque<Uuid> turns = new ArrayDeque<>();

  /** Adds the partitions of a topic from {@code next} up to {@code partitions}. */
  void add(Uuid topicId, int next, int partitions) {
    if (topics.putIfAbsent(topicId, new Progress(next, partitions)) == null) {
      turns.add(topicId);
    }
  }

  /** Takes the next log to remove, if there is one that is not being removed already. */
  Optional<PartitionId> take() {
    for (int tries = turns.size(); tries > 0; tries--) {
      Uuid topicId = turns.remove();
      turns.add(topicId);
      int partition = progress(topicId).take();
      if (partition >= 0) {
        return Optional.of(new PartitionId(topicId, partition));
      }
    }
    return Optional.empty();
  }

  /**
   * A log is gone.
   *
   * @return the partition of the topic below which all logs are gone
   */
  int done(PartitionId partition) {
    Progress progress = progress(partition.topicId());
    progress.remaining.clear(partition.index());
    int frontier = progress.frontier();
    if (frontier == progress.partitions) {
      topics.remove(partition.topicId());
      turns.remove(partition.topicId());
    }
    return frontier;
  }

  /** A log may still be there. */
  void failed(PartitionId partition) {
    progress(partition.topicId()).idle.set(partition.index());
  }

  /** Whether nothing of the topic is left to remove. */
  boolean finished(Uuid topicId) {
    return !topics.containsKey(topicId);
  }

  private Progress progress(Uuid topicId) {
    Progress progress = topics.get(topicId);
    if (progress == null) {
      throw new IllegalStateException("expected topic " + topicId + " in the queue, but it is not");
    }
    return progress;
  }

  private static final class Progress {
    private final int partitions;
    private final BitSet remaining = new BitSet();
    private final BitSet idle = new BitSet();
    private int cursor;

    Progress(int next, int partitions) {
      this.partitions = partitions;
      remaining.set(next, partitions);
      idle.set(next, partitions);
    }

    int take() {
      int partition = idle.nextSetBit(cursor);
      if (partition < 0) {
        partition = idle.nextSetBit(0);
      }
      if (partition >= 0) {
        idle.clear(partition);
        cursor = partition + 1;
      }
      return partition;
    }

    int frontier() {
      int first = remaining.nextSetBit(0);
      return first < 0 ? partitions : first;
    }
  }
}
