package io.castalia.node.kafka.log;

import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ListOffsetsRequest;

/**
 * What a ListOffsets request asks for, in the terms of a log that is not tiered: everything is
 * local, nothing remote.
 *
 * @param error {@link Errors#NONE}, or why there is no such question
 * @param timestamp a time in milliseconds since the epoch, or one of the markers -1, -2 and -3
 * @param nothingToFind whether the answer is "no offset" without asking
 */
record TimeQuery(Errors error, long timestamp, boolean nothingToFind) {

  static TimeQuery of(long timestamp, short version) {
    if (timestamp >= 0
        || timestamp == ListOffsetsRequest.LATEST_TIMESTAMP
        || timestamp == ListOffsetsRequest.EARLIEST_TIMESTAMP
        || (timestamp == ListOffsetsRequest.MAX_TIMESTAMP && version >= 7)) {
      return new TimeQuery(Errors.NONE, timestamp, false);
    }
    if (timestamp == ListOffsetsRequest.EARLIEST_LOCAL_TIMESTAMP && version >= 8) {
      return new TimeQuery(Errors.NONE, ListOffsetsRequest.EARLIEST_TIMESTAMP, false);
    }
    if (timestamp == ListOffsetsRequest.LATEST_TIERED_TIMESTAMP && version >= 9) {
      return new TimeQuery(Errors.NONE, timestamp, true);
    }
    return new TimeQuery(Errors.UNSUPPORTED_VERSION, timestamp, false);
  }
}
