package io.castalia.bench.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * When each partition acknowledged, by this process's clock. Thread-safe. Producers send to each
 * partition all the time, so that a partition that does not acknowledge is one that does not serve.
 */
final class ServiceLog {

  private final List<Moments> partitions = new ArrayList<>();

  /** The moments of one partition, in their order. */
  private static final class Moments {
    private long[] nanos = new long[1_024];
    private long[] latencies = new long[1_024];
    private int count;

    void add(long moment, long latency) {
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * count);
        latencies = Arrays.copyOf(latencies, 2 * count);
      }
      nanos[count] = moment;
      latencies[count] = latency;
      count++;
    }

    /** Of what was acknowledged in the span. */
    LongStream latencies(long from, long to) {
      return IntStream.range(indexAfter(from), count)
          .takeWhile(each -> nanos[each] <= to)
          .mapToLong(each -> latencies[each]);
    }

    /** The longest time without one between two moments, in part outside of them. */
    long longestGap(long from, long to) {
      int first = Math.max(0, indexAfter(from) - 1);
      long longest = 0;
      int each = first;
      while (each + 1 < count && nanos[each] <= to) {
        longest = Math.max(longest, nanos[each + 1] - nanos[each]);
        each++;
      }
      boolean goesOn = each + 1 < count || nanos[count - 1] >= to;
      return goesOn ? longest : Math.max(longest, to - nanos[count - 1]);
    }

    private int indexAfter(long moment) {
      int found = Arrays.binarySearch(nanos, 0, count, moment);
      return found < 0 ? -found - 1 : found + 1;
    }
  }

  ServiceLog(int count) {
    for (int partition = 0; partition < count; partition++) {
      partitions.add(new Moments());
    }
  }

  /**
   * A partition has acknowledged a record just now.
   *
   * @param latency what that took, in nanoseconds
   */
  void acknowledged(int partition, long latency) {
    acknowledged(partition, System.nanoTime(), latency);
  }

  synchronized void acknowledged(int partition, long nanos, long latency) {
    partitions.get(partition).add(nanos, latency);
  }

  /**
   * How long the records took that were acknowledged in the span.
   *
   * @return milliseconds
   */
  synchronized List<Long> latencies(long from, long to) {
    return partitions.stream()
        .flatMapToLong(each -> each.latencies(from, to))
        .mapToObj(nanos -> nanos / 1_000_000)
        .toList();
  }

  /** Whether every partition has acknowledged after a moment. */
  synchronized boolean allSince(long nanos) {
    return partitions.stream()
        .allMatch(each -> each.count > 0 && each.nanos[each.count - 1] > nanos);
  }

  /**
   * Of each partition, the longest time without an acknowledgement that touches the span.
   *
   * @return milliseconds
   * @throws IllegalStateException if a partition has never acknowledged
   */
  synchronized List<Long> longestGaps(long from, long to) {
    if (partitions.stream().anyMatch(each -> each.count == 0)) {
      throw new IllegalStateException("expected every partition to have acknowledged once");
    }
    return partitions.stream().map(each -> each.longestGap(from, to) / 1_000_000).toList();
  }
}
