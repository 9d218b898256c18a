package io.castalia.actors.partition;

import java.util.List;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;

/**
 * The answer to a fetch.
 *
 * @param error {@link Errors#NONE} or why nothing was fetched
 * @param highWatermark offset after the last acknowledged record, or -1 if not known
 * @param lastStableOffset offset below which no transaction is open, or -1 if not known
 * @param logStartOffset first available offset, or -1 if not known
 * @param leaderEpoch the owner's epoch, or -1 if not known
 * @param batches whole record batches in order, starting with the one that holds the wanted offset;
 *     each element holds one or more of them
 */
public record FetchResult(
    Errors error,
    long highWatermark,
    long lastStableOffset,
    long logStartOffset,
    int leaderEpoch,
    List<ByteString> batches) {
  public FetchResult {
    batches = List.copyOf(batches);
  }

  public static FetchResult refused(Errors error) {
    return new FetchResult(error, -1, -1, -1, -1, List.of());
  }

  /** Whether there are records from the query's offset on, in this result or to be read. */
  public boolean hasRecordsFor(FetchQuery query) {
    return error == Errors.NONE && query.offset() < limit(query.readCommitted());
  }

  /** The end of what may be read. */
  long limit(boolean readCommitted) {
    return readCommitted ? lastStableOffset : highWatermark;
  }

  /** The same bounds with other contents. */
  FetchResult with(Errors newError, List<ByteString> newBatches) {
    return new FetchResult(
        newError, highWatermark, lastStableOffset, logStartOffset, leaderEpoch, newBatches);
  }

  /** The same without records. */
  public FetchResult withoutRecords() {
    return with(error, List.of());
  }

  /** Payload bytes in this result. */
  public int sizeInBytes() {
    int size = 0;
    for (ByteString batch : batches) {
      size += batch.length();
    }
    return size;
  }
}
