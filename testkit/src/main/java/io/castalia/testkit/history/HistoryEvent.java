package io.castalia.testkit.history;

/**
 * One thing that a client did or saw. Partitions are named as the test likes, for example {@code
 * logs-3}.
 */
public sealed interface HistoryEvent {

  /** The partition that it concerns. */
  String partition();

  /** The record that it concerns. */
  RecordId id();

  /**
   * A producer handed a record to its client. Each record is sent once: repeating is the client's
   * business.
   *
   * @param digest of all that must come back as it was sent: key, value and headers
   */
  record Sent(String partition, RecordId id, long digest) implements HistoryEvent {}

  /**
   * A producer was told that the record is in the log.
   *
   * @param offset where it is, or {@link #UNKNOWN_OFFSET} if the answer did not say
   */
  record Acknowledged(String partition, RecordId id, long offset) implements HistoryEvent {
    /**
     * What a producer reports that is told of a duplicate too old for its offset to be remembered.
     */
    public static final long UNKNOWN_OFFSET = -1;
  }

  /**
   * A reader was given the record at the offset, with the digest of what it was given.
   *
   * @param reader one reading of the partition in offset order; a reader that seeks back is another
   *     reader
   */
  record Observed(String reader, String partition, long offset, RecordId id, long digest)
      implements HistoryEvent {}
}
