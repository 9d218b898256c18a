package io.castalia.actors.partition;

import io.castalia.persistence.EntryEvent;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** What happens to a partition. */
sealed interface PartitionEvent {

  /**
   * Record batches were appended.
   *
   * @param firstPosition offset of the first record
   * @param lastPosition offset of the last record
   * @param maxTimestamp the largest timestamp, in milliseconds since the epoch, or -1
   * @param maxTimestampOffset base offset of the first batch that has it, or -1
   * @param leaderEpoch the epoch in which they were appended
   * @param producerBatches the batches of idempotent producers among them
   * @param bulk the batches, one after the other, as consumers get them; empty in a replay
   */
  record EntryAppended(
      long firstPosition,
      long lastPosition,
      long maxTimestamp,
      long maxTimestampOffset,
      int leaderEpoch,
      List<ProducerBatch> producerBatches,
      ByteString bulk)
      implements PartitionEvent, EntryEvent {
    public EntryAppended {
      producerBatches = List.copyOf(producerBatches);
      if (firstPosition < 0 || lastPosition < firstPosition) {
        throw new IllegalArgumentException(
            "expected 0 <= first <= last, but first was %d, last %d"
                .formatted(firstPosition, lastPosition));
      }
    }

    TimestampMark timestampMark() {
      return new TimestampMark(maxTimestamp, maxTimestampOffset);
    }
  }

  /** Records before {@code offset} are gone for readers; their space may be given back. */
  record LogStartMoved(long offset) implements PartitionEvent {}

  /**
   * Producers that have long been silent are forgotten.
   *
   * @param producerIds who
   * @param silentSince they are kept if they appended after this, in milliseconds since the epoch
   */
  record ProducersExpired(List<Long> producerIds, long silentSince) implements PartitionEvent {
    public ProducersExpired {
      producerIds = List.copyOf(producerIds);
    }
  }
}
