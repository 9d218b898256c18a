package io.castalia.api;

import java.util.List;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A record as read back.
 *
 * @param offset its offset in the partition
 * @param timestamp milliseconds since the epoch, or -1
 * @param key the key's bytes, or null
 * @param value the value's bytes, or null
 * @param headers in order
 */
public record InboundRecord(
    long offset,
    long timestamp,
    @Nullable ByteString key,
    @Nullable ByteString value,
    List<Header> headers) {
  public InboundRecord {
    headers = List.copyOf(headers);
  }
}
