package io.castalia.persistence.journal;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Numbers the segments that are opened: ascending within a log, and never twice. */
@FunctionalInterface
public interface SegmentNumbers {

  /** One after the other: each segment lies by itself. */
  SegmentNumbers CONSECUTIVE = (last, bytes) -> last + 1;

  /**
   * Of segments in buckets, a few of which a node fills at a time.
   *
   * @param atATime how many buckets
   * @param bucketBytes what a bucket should hold, in bytes
   */
  static SegmentNumbers inBuckets(int atATime, long bucketBytes) {
    if (atATime < 1 || bucketBytes < 1) {
      throw new IllegalArgumentException(
          "expected castalia.persistence.buckets-at-a-time and castalia.persistence.bucket-bytes to"
              + " be at least 1, but they were %d and %d".formatted(atATime, bucketBytes));
    }
    return new BucketNumbers(
        atATime,
        bucketBytes,
        () -> Instant.now().getEpochSecond(),
        () -> ThreadLocalRandom.current().nextInt());
  }

  /**
   * The number of a log's next segment.
   *
   * @param last the number of the log's last segment; 0 if it has none
   * @param bytes what that segment has, which is about what the next one will have
   */
  long after(long last, long bytes);
}
