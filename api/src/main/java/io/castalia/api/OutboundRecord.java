package io.castalia.api;

import java.util.List;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A record to be published.
 *
 * @param key the key's bytes, or null
 * @param value the value's bytes, or null (a tombstone in a compacted topic)
 * @param timestamp milliseconds since the epoch
 * @param headers in order
 */
public record OutboundRecord(
    @Nullable ByteString key, @Nullable ByteString value, long timestamp, List<Header> headers) {
  public OutboundRecord {
    if (timestamp < 0) {
      throw new IllegalArgumentException(
          "expected a timestamp in milliseconds since the epoch, but it was " + timestamp);
    }
    headers = List.copyOf(headers);
  }
}
