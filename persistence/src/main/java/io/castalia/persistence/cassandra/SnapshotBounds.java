package io.castalia.persistence.cassandra;

/** Which snapshots are meant; all bounds inclusive, timestamps in milliseconds since the epoch. */
record SnapshotBounds(long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
  boolean containsTimestamp(long timestamp) {
    return minTimestamp <= timestamp && timestamp <= maxTimestamp;
  }
}
