package io.castalia.node.cli;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/**
 * Commits what a member of a group has printed: after each round, and before it gives partitions
 * away, so that the next owner goes on behind the last record printed.
 */
final class GroupProgress implements ConsumerRebalanceListener, PrintedOffsets {
  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();

  GroupProgress(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  @Override
  public void printed(Map<TopicPartition, OffsetAndMetadata> next) {
    uncommitted.putAll(next);
    commit();
  }

  private void commit() {
    if (uncommitted.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(Map.copyOf(uncommitted));
      uncommitted.clear();
    } catch (RebalanceInProgressException e) {
      // What this member keeps is committed in the next round; the rest, on its revocation.
      uncommitted.keySet().retainAll(consumer.assignment());
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    commit();
    uncommitted.keySet().removeAll(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    uncommitted.keySet().removeAll(partitions);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
}
