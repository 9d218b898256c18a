package io.castalia.persistence.store;

import java.nio.ByteBuffer;

/**
 * One row of a log. Immutable once written: a row is only ever repeated with the same content.
 *
 * @param log the persistence id
 * @param segment the segment it lies in
 * @param sequence the last sequence number that the row covers; it covers those from the row before
 *     on, the first row of a log from 1 on
 * @param firstPosition first position covered, or -1 for an event without positions
 * @param lastPosition last position covered, inclusive, or -1
 * @param maxTimestamp largest timestamp in milliseconds since the epoch, or -1
 * @param bulkSize size of the bulk in bytes; known in header reads too
 * @param header the serialized event without its bulk (read-only view)
 * @param bulk the payload (read-only view); empty in header reads
 */
public record StoredEntry(
    String log,
    long segment,
    long sequence,
    long firstPosition,
    long lastPosition,
    long maxTimestamp,
    int bulkSize,
    ByteBuffer header,
    ByteBuffer bulk) {

  /** The same row with other buffers for its bytes. */
  public StoredEntry with(ByteBuffer otherHeader, ByteBuffer otherBulk) {
    return new StoredEntry(
        log,
        segment,
        sequence,
        firstPosition,
        lastPosition,
        maxTimestamp,
        bulkSize,
        otherHeader,
        otherBulk);
  }
}
