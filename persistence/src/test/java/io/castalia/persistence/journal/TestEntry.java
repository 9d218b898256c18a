package io.castalia.persistence.journal;

import io.castalia.persistence.EntryEvent;
import org.apache.pekko.util.ByteString;

/** An entry as tests write it. */
record TestEntry(long firstPosition, long lastPosition, ByteString bulk) implements EntryEvent {
  @Override
  public long maxTimestamp() {
    return 1_000 + lastPosition;
  }
}
