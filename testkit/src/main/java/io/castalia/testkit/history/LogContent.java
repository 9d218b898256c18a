package io.castalia.testkit.history;

import java.util.List;

/**
 * What a partition holds when all is over, read from its start to its end.
 *
 * @param startOffset its log start offset
 * @param endOffset the offset that its next record will have
 * @param records in the order in which they were read
 */
public record LogContent(
    String partition, long startOffset, long endOffset, List<StoredRecord> records) {

  public LogContent {
    records = List.copyOf(records);
  }

  /**
   * A record as it was read.
   *
   * @param digest of the same parts as that of {@link HistoryEvent.Sent}
   * @param leaderEpoch in which its owner wrote it, or {@link #UNKNOWN_EPOCH}
   */
  public record StoredRecord(long offset, RecordId id, long digest, int leaderEpoch) {
    /** What readers are told of records from before there were leader epochs. */
    public static final int UNKNOWN_EPOCH = -1;

    /** A record of which nobody said in which epoch it was written. */
    public StoredRecord(long offset, RecordId id, long digest) {
      this(offset, id, digest, UNKNOWN_EPOCH);
    }
  }
}
