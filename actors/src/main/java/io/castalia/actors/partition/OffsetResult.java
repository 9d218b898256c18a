package io.castalia.actors.partition;

import org.apache.kafka.common.protocol.Errors;

/**
 * The answer to a question for an offset (by time, by epoch, earliest, latest) and to
 * DeleteRecords.
 *
 * @param error {@link Errors#NONE} or why there is no answer
 * @param offset the offset found, or -1
 * @param timestamp the timestamp of the record found in milliseconds since the epoch, or -1
 * @param leaderEpoch the epoch of the record or range found, or -1
 */
public record OffsetResult(Errors error, long offset, long timestamp, int leaderEpoch) {
  public static OffsetResult refused(Errors error) {
    return new OffsetResult(error, -1, -1, -1);
  }
}
