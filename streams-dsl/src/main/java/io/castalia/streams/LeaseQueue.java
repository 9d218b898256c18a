package io.castalia.streams;

import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;

/** The way of leases into a running source, which may end at any time. */
record LeaseQueue(BoundedSourceQueue<PartitionLease> queue) {

  /** Whether the source takes the lease. */
  boolean offer(PartitionLease lease) {
    return queue.offer(lease) instanceof QueueOfferResult.Enqueued$;
  }

  void complete() {
    unlessEnded(queue::complete);
  }

  void fail(Throwable cause) {
    unlessEnded(() -> queue.fail(cause));
  }

  /** A queue refuses to be ended twice, and its stream may end it between a look and a call. */
  @SuppressWarnings("EmptyCatch")
  private static void unlessEnded(Runnable end) {
    try {
      end.run();
    } catch (IllegalStateException alreadyEnded) {
      // as wanted
    }
  }
}
