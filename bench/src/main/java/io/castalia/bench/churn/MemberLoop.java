package io.castalia.bench.churn;

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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A member as a careful service writes it: it commits what it has processed now and then, and
 * before it gives a partition back. It says what it does before or after doing it, as the group's
 * history asks for.
 */
final class MemberLoop implements ConsumerRebalanceListener {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
  private static final long COMMIT_EVERY_NANOS = 500_000_000L;

  private final String name;
  private final Consumer<GroupEvent> history;
  private final MemberSettings settings;
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
  private final AtomicReference<@Nullable GroupMembershipOperation> end = new AtomicReference<>();
  private KafkaConsumer<byte[], byte[]> consumer;
  private long committedAt = System.nanoTime();

  MemberLoop(String name, MemberSettings settings, Consumer<GroupEvent> history) {
    this.name = name;
    this.history = history;
    this.settings = settings;
    this.consumer = open();
  }

  private KafkaConsumer<byte[], byte[]> open() {
    return new KafkaConsumer<>(
        settings.forConsumer(name), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Goes on until it is told to end. */
  void run() {
    while (end.get() == null) {
      try {
        consume();
      } catch (UnknownMemberIdException | IllegalStateException e) {
        beginAnew(e);
      }
    }
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT).withGroupMembershipOperation(end.get()));
  }

  /**
   * Kafka's consumer can fail by itself when it is taken out of its group: its threads race for
   * what it knows of its partitions. A service starts another one then.
   */
  private void beginAnew(RuntimeException failure) {
    System.err.println(name + " begins anew: " + failure);
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    uncommitted.clear();
    consumer = open();
  }

  private void consume() {
    consumer.subscribe(List.of(settings.topic()), this);
    while (end.get() == null) {
      process(poll());
      if (System.nanoTime() - committedAt > COMMIT_EVERY_NANOS) {
        commit(Map.copyOf(uncommitted));
      }
    }
  }

  /** While a broker is away, what is asked of it in the background may time out; that passes. */
  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      return consumer.poll(POLL);
    } catch (TimeoutException e) {
      return ConsumerRecords.empty();
    }
  }

  /** Ends it soon, with a word to the coordinator. */
  void leave() {
    end.set(GroupMembershipOperation.LEAVE_GROUP);
  }

  /** Ends it soon, and lets the coordinator find out. */
  void leaveSilently() {
    end.set(GroupMembershipOperation.REMAIN_IN_GROUP);
  }

  private void process(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> batch = records.records(partition);
      long last = batch.get(batch.size() - 1).offset();
      history.accept(new Processed(name, partition.toString(), batch.get(0).offset(), last));
      uncommitted.put(partition, new OffsetAndMetadata(last + 1));
    }
  }

  private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    committedAt = System.nanoTime();
    if (offsets.isEmpty()) {
      return;
    }
    history.accept(
        new CommitBegun(
            name,
            offsets.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        each -> each.getKey().toString(), each -> each.getValue().offset()))));
    boolean accepted = isAccepted(offsets);
    history.accept(new CommitEnded(name, accepted));
    if (accepted) {
      offsets.forEach(uncommitted::remove);
    }
  }

  /** Refusals are the group's business; the records are another member's then. */
  private boolean isAccepted(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      consumer.commitSync(offsets);
      return true;
    } catch (CommitFailedException | RebalanceInProgressException | TimeoutException e) {
      return false;
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    history.accept(new Assigned(name, consumer.groupMetadata().generationId(), names(partitions)));
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> theirs = new HashMap<>(uncommitted);
    theirs.keySet().retainAll(partitions);
    commit(theirs);
    partitions.forEach(uncommitted::remove);
    history.accept(new Revoked(name, names(partitions)));
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    partitions.forEach(uncommitted::remove);
    history.accept(new Lost(name, names(partitions)));
  }

  private static Set<String> names(Collection<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::toString).collect(Collectors.toSet());
  }
}
