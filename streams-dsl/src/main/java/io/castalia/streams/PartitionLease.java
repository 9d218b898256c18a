package io.castalia.streams;

import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.jspecify.annotations.Nullable;

/**
 * One partition for as long as a stream has it: the gate that its records pass, and how far the
 * stream has come with them. Once the gate is closed nothing passes it, and the lease is drained
 * when everything that has passed it has been processed. For use by many threads.
 */
final class PartitionLease {
  private final LeaseHolder holder;
  private final TopicPartition partition;
  private final Optional<OffsetAndMetadata> begin;
  private final SharedKillSwitch killSwitch;
  private boolean closed;
  private long emitted = -1;
  private @Nullable OffsetAndMetadata processed;
  private @Nullable OffsetAndMetadata committed;

  /**
   * A lease with an open gate.
   *
   * @param begin what the group has committed
   */
  PartitionLease(LeaseHolder holder, TopicPartition partition, Optional<OffsetAndMetadata> begin) {
    this.holder = holder;
    this.partition = partition;
    this.begin = begin;
    this.killSwitch = KillSwitches.shared(partition.toString());
  }

  LeaseHolder holder() {
    return holder;
  }

  TopicPartition partition() {
    return partition;
  }

  Optional<OffsetAndMetadata> begin() {
    return begin;
  }

  /** Ends the stream of the partition's records when the gate closes. */
  SharedKillSwitch killSwitch() {
    return killSwitch;
  }

  synchronized boolean isOpen() {
    return !closed;
  }

  /** Whether a record may pass; then the lease is not drained before it has been processed. */
  synchronized boolean admit(long offset) {
    if (!closed) {
      emitted = offset + 1;
    }
    return !closed;
  }

  void close() {
    synchronized (this) {
      closed = true;
    }
    killSwitch.shutdown();
  }

  /** All records before this one have been processed. */
  void processed(OffsetAndMetadata next) {
    boolean ready;
    synchronized (this) {
      if (processed == null || processed.offset() <= next.offset()) {
        processed = next;
      }
      ready = closed && isDrained();
    }
    if (ready) {
      holder.drained(this);
    }
  }

  synchronized boolean isDrained() {
    return emitted < 0 || (processed != null && processed.offset() >= emitted);
  }

  /** What is processed and not committed. */
  synchronized Optional<OffsetAndMetadata> uncommitted() {
    return processed == null || isCommitted(processed.offset())
        ? Optional.empty()
        : Optional.of(processed);
  }

  synchronized void committed(OffsetAndMetadata next) {
    if (committed == null || committed.offset() < next.offset()) {
      committed = next;
    }
  }

  synchronized boolean isCommitted(long offset) {
    return committed != null && committed.offset() >= offset;
  }

  /** A commit of the lease never takes it back. */
  synchronized OffsetAndMetadata latest(OffsetAndMetadata next) {
    return processed != null && processed.offset() > next.offset() ? processed : next;
  }

  @Override
  public synchronized String toString() {
    return "%s (emitted before %d, processed %s)".formatted(partition, emitted, processed);
  }
}
