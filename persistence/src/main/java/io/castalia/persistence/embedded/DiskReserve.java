package io.castalia.persistence.embedded;

/**
 * Free space that new records may not take. It is for what Cassandra still has to write when they
 * are refused: flushes of memtables, compactions, deletions, what groups and topics need.
 *
 * @param bytes 0: none, records may take all but the little that keeps the commit log whole
 */
record DiskReserve(long bytes) {
  /** One segment of the commit log. */
  static final long FLOOR = 64L << 20;

  /** Enough to replay and flush a commit log of some size. */
  private static final long ENOUGH_TO_START = 256L << 20;

  DiskReserve {
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "expected castalia.persistence.embedded-cassandra.disk-reserve to be 0 bytes or more, but"
              + " it was "
              + bytes);
    }
  }

  /** The room that so many free bytes give; more is needed to end a shortage than begins it. */
  DiskRoom room(DiskRoom before, long free) {
    if (free < (before == DiskRoom.NONE ? toStart() : FLOOR)) {
      return DiskRoom.NONE;
    }
    return free < (before == DiskRoom.AMPLE ? bytes : toEnd()) ? DiskRoom.SHORT : DiskRoom.AMPLE;
  }

  /** Free bytes with which Cassandra may be started. */
  long toStart() {
    return Math.max(2 * FLOOR, Math.min(bytes, ENOUGH_TO_START));
  }

  /** Free bytes below which what is deleted should not wait for its files to be merged. */
  long ample() {
    return 2 * Math.max(bytes, FLOOR);
  }

  /** Free bytes at which a shortage is over. */
  long toEnd() {
    return bytes + bytes / 8;
  }
}
