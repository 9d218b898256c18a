package io.castalia.persistence.read;

import io.castalia.persistence.LogEntry;
import io.castalia.persistence.store.StoredEntry;
import org.apache.pekko.util.ByteString;

/** Where one entry lies in the store and what it covers; what an index keeps of it. */
record Row(
    long segment,
    long sequence,
    long firstPosition,
    long lastPosition,
    long maxTimestamp,
    int bulkSize) {

  static Row of(StoredEntry entry) {
    return new Row(
        entry.segment(),
        entry.sequence(),
        entry.firstPosition(),
        entry.lastPosition(),
        entry.maxTimestamp(),
        entry.bulkSize());
  }

  LogEntry with(ByteString bulk) {
    return new LogEntry(firstPosition, lastPosition, maxTimestamp, bulk);
  }
}
