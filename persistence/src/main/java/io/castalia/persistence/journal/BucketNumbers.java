package io.castalia.persistence.journal;

import io.castalia.persistence.store.Buckets;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Puts the segments that a node opens next to each other into the same bucket, until they are as
 * many as a bucket should hold. Thread-safe.
 *
 * <p>The number of a bucket is the time at which it was begun, so that segments of a log ascend
 * whichever node opens them, and a salt, so that nodes do not share buckets. Where the clock has
 * gone back, or another node's was ahead, a log's next segment lies in the bucket of its last.
 */
final class BucketNumbers implements SegmentNumbers {
  private static final int SALT_BITS = 10;

  /** What a segment is counted as at least, for what is not known of it yet. */
  private static final long LEAST_BYTES = 1L << 20;

  private final long bucketBytes;
  private final LongSupplier epochSeconds;
  private final IntSupplier random;
  private final long[] buckets;
  private final long[] bytesOf;
  private long newest;
  private int turn;

  /**
   * No bucket is begun.
   *
   * @param atATime among how many buckets segments are dealt out
   * @param bucketBytes what a bucket should hold, in bytes; it may become more
   * @param epochSeconds a clock
   */
  BucketNumbers(int atATime, long bucketBytes, LongSupplier epochSeconds, IntSupplier random) {
    this.bucketBytes = bucketBytes;
    this.epochSeconds = epochSeconds;
    this.random = random;
    this.buckets = new long[atATime];
    this.bytesOf = new long[atATime];
  }

  @Override
  public synchronized long after(long last, long bytes) {
    int chosen = turn;
    turn = (turn + 1) % buckets.length;
    if (buckets[chosen] == Buckets.NONE || bytesOf[chosen] >= bucketBytes) {
      buckets[chosen] = begin();
      bytesOf[chosen] = 0;
    }
    bytesOf[chosen] += Math.max(bytes, LEAST_BYTES);
    return Math.max(last + 1, Buckets.firstSegment(buckets[chosen]));
  }

  private long begin() {
    int salt = random.getAsInt() & ((1 << SALT_BITS) - 1);
    newest = Math.max(newest + 1, epochSeconds.getAsLong() << SALT_BITS | salt);
    return newest;
  }
}
