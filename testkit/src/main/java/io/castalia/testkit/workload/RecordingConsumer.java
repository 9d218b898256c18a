package io.castalia.testkit.workload;

import io.castalia.testkit.group.GroupEvent;
import io.castalia.testkit.group.GroupEvent.Assigned;
import io.castalia.testkit.group.GroupEvent.CommitBegun;
import io.castalia.testkit.group.GroupEvent.CommitEnded;
import io.castalia.testkit.group.GroupEvent.Lost;
import io.castalia.testkit.group.GroupEvent.Processed;
import io.castalia.testkit.group.GroupEvent.Revoked;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A consumer of which it is written down what it was given, and, where it is a member of a group,
 * which partitions it had and what it committed. As Kafka's own, for one thread at a time.
 *
 * @param <K> of its keys
 * @param <V> of its values
 */
public final class RecordingConsumer<K, V> implements AutoCloseable {
  private final String name;
  private final Consumer<K, V> client;
  private final Recorder recorder;
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
  private String group = "";
  private int reading;

  RecordingConsumer(String name, Consumer<K, V> client, Recorder recorder) {
    this.name = name;
    this.client = client;
    this.recorder = recorder;
  }

  /** Reads partitions from their starts, without a group. */
  public void readAll(Collection<TopicPartition> partitions) {
    reading++;
    client.assign(partitions);
    client.seekToBeginning(partitions);
  }

  /**
   * Becomes a member of the client's group, which reads the topics. What was polled is committed
   * before partitions are given back; the group should have no other members than recorded ones.
   */
  public void subscribe(Collection<String> topics) {
    client.subscribe(topics, new Membership());
  }

  /** Polls; what comes counts as processed when this is called again. */
  public ConsumerRecords<K, V> poll(Duration patience) {
    ConsumerRecords<K, V> records = client.poll(patience);
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<K, V>> batch = records.records(partition);
      batch.forEach(this::observed);
      if (!group.isEmpty()) {
        processed(partition, batch.get(0).offset(), batch.get(batch.size() - 1).offset());
      }
    }
    return records;
  }

  private void observed(ConsumerRecord<K, V> record) {
    recorder
        .history()
        .observed(
            name + "#" + reading,
            record.topic() + "-" + record.partition(),
            record.offset(),
            RecordMark.id(record),
            RecordMark.digest(record.key(), record.value()));
  }

  private void processed(TopicPartition partition, long first, long last) {
    record(new Processed(name, partition.toString(), first, last));
    uncommitted.put(partition, new OffsetAndMetadata(last + 1));
  }

  /**
   * Commits what was polled.
   *
   * @return whether it is known to be committed; if not, it may be so all the same
   */
  public boolean commit() {
    return commit(Map.copyOf(uncommitted));
  }

  private boolean commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (offsets.isEmpty()) {
      return true;
    }
    record(
        new CommitBegun(
            name,
            offsets.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        each -> each.getKey().toString(), each -> each.getValue().offset()))));
    boolean accepted = isAccepted(offsets);
    record(new CommitEnded(name, accepted));
    if (accepted) {
      uncommitted.entrySet().removeAll(offsets.entrySet());
    }
    return accepted;
  }

  private boolean isAccepted(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      client.commitSync(offsets);
      return true;
    } catch (CommitFailedException | RebalanceInProgressException | TimeoutException e) {
      return false;
    }
  }

  private void record(GroupEvent event) {
    recorder.record(group, event);
  }

  private static Set<String> names(Collection<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::toString).collect(Collectors.toSet());
  }

  /** Commits what was polled, if it is a member of a group, and closes the client. */
  @Override
  public void close() {
    client.close();
  }

  private final class Membership implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      group = client.groupMetadata().groupId();
      reading++;
      record(new Assigned(name, client.groupMetadata().generationId(), names(partitions)));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      Map<TopicPartition, OffsetAndMetadata> theirs = new HashMap<>(uncommitted);
      theirs.keySet().retainAll(partitions);
      boolean unused = commit(theirs);
      uncommitted.keySet().removeAll(partitions);
      record(new Revoked(name, names(partitions)));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      uncommitted.keySet().removeAll(partitions);
      record(new Lost(name, names(partitions)));
    }
  }
}
