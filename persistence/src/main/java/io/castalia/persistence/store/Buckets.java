package io.castalia.persistence.store;

/**
 * Where segments lie. A bucket has segments of many logs, so that rows of different logs can be
 * written as one; a segment lies in one bucket for ever, and its number tells in which. Numbers
 * that are small are those of segments that each lie by themselves.
 */
public final class Buckets {
  /** That of segments which share with none. */
  public static final long NONE = 0;

  /** A log may begin so many segments in one bucket, as a power of two. */
  private static final int NUMBER_BITS = 20;

  private Buckets() {}

  /** The bucket in which a segment lies, or {@link #NONE}. */
  public static long of(long segment) {
    return segment >> NUMBER_BITS;
  }

  /** The least number of a segment in a bucket. */
  public static long firstSegment(long bucket) {
    return bucket << NUMBER_BITS;
  }
}
