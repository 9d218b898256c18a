package io.castalia.persistence;

import org.apache.pekko.util.ByteString;

/**
 * A persistent event with a bulk payload that the journal keeps apart from the event's header.
 *
 * <p>The serializer of such an event writes everything but the bulk. The journal stores the bulk
 * beside it, byte for byte, so that recovery reads headers only: a replayed event has an empty
 * bulk. The bulk is read back with {@link LogReader}, by position.
 *
 * <p>Such an event counts as persisted when it is durable, so that the next one can be written at
 * once. Whether it may be acknowledged, or shown to anybody, says {@link OwnedLogs#verified}.
 *
 * <p>Positions are the caller's own dense numbering (for a topic partition: record offsets).
 * Entries of one log must have ascending ranges that follow each other without holes.
 */
public interface EntryEvent {

  /** The first position that this entry covers. */
  long firstPosition();

  /** The last position that this entry covers, inclusive; at least {@link #firstPosition()}. */
  long lastPosition();

  /** The largest timestamp in the entry, in milliseconds since the epoch, or -1. */
  long maxTimestamp();

  /** The payload; empty in a replayed event. */
  ByteString bulk();
}
