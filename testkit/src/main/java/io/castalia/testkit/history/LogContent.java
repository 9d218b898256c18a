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
   * A record as it was read; the digest is of the same parts as that of {@link HistoryEvent.Sent}.
   */
  public record StoredRecord(long offset, RecordId id, long digest) {}
}
