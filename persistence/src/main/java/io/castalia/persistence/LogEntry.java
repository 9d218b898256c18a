package io.castalia.persistence;

import org.apache.pekko.util.ByteString;

/**
 * One journaled entry as read back by position.
 *
 * @param firstPosition first position covered
 * @param lastPosition last position covered, inclusive
 * @param maxTimestamp largest timestamp in the entry in milliseconds since the epoch, or -1
 * @param bulk the payload, byte for byte as it was persisted
 */
public record LogEntry(long firstPosition, long lastPosition, long maxTimestamp, ByteString bulk) {}
