package io.castalia.node.kafka.log;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the partitions that Fetch requests of this node wait on, since each wait takes about 1 KiB
 * until it ends. Thread-safe.
 */
final class AwaitedPartitions {
  private final int max;
  private final AtomicInteger count = new AtomicInteger();

  AwaitedPartitions(int max) {
    this.max = max;
  }

  /** Whether {@code more} may be waited on; each is to be given back. */
  boolean take(int more) {
    if (count.addAndGet(more) <= max) {
      return true;
    }
    count.addAndGet(-more);
    return false;
  }

  void giveBack() {
    count.decrementAndGet();
  }

  int count() {
    return count.get();
  }
}
