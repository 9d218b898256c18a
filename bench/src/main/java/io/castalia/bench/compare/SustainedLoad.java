package io.castalia.bench.compare;

import java.time.Duration;
import java.util.Map;

/**
 * A producer that sends for a time, not a number of records, beside a consumer, into topics that
 * keep no more than a size: most who run such a load for long bound it in that way.
 *
 * @param load what is sent
 * @param time for which a round's producer sends
 * @param keptBytes of each partition, the same on every side
 */
record SustainedLoad(ProduceLoad load, Duration time, long keptBytes) {

  /** How often every side looks for what is to be dropped; at 100 MB/s five minutes are 30 GB. */
  static final Duration RETENTION_CHECK = Duration.ofMinutes(1);

  /** What a side writes a second that is as fast as any was. */
  private static final long MOST_PER_SECOND = 100_000_000;

  /** Kafka drops whole segments of 1 GiB, and deletes their files a minute later. */
  private static final long SEGMENT_BYTES = 1L << 30;

  private static final Duration DELETE_DELAY = Duration.ofMinutes(1);

  /** Of the topics that it takes. */
  Map<String, String> topicConfigurations() {
    return Map.of("retention.bytes", Long.toString(keptBytes));
  }

  /**
   * About how much of the disk a side takes at most, for its warm-up and a round. What is dropped
   * stays on the disk for a while; Castalia's Cassandra keeps up to half as much as it has live
   * records, and needs room for a copy of them when it gets rid of it.
   */
  long diskBytes(Duration warmUp) {
    long written = bytesIn(time.plus(warmUp));
    long kept = load.partitions() * (keptBytes + SEGMENT_BYTES);
    long late = bytesIn(RETENTION_CHECK.plus(DELETE_DELAY));
    long ofWarmUp = Math.min(bytesIn(warmUp), kept);
    return Math.min(2 * written, kept + late + ofWarmUp);
  }

  private static long bytesIn(Duration time) {
    return MOST_PER_SECOND * time.toMillis() / 1000;
  }
}
