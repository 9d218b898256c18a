package io.castalia.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.castalia.api.BrokerCommand;
import io.castalia.api.BrokerReply;
import io.castalia.api.InboundRecord;
import io.castalia.api.OutboundRecord;
import io.castalia.api.group.MemberHeartbeat;
import io.castalia.api.internal.RecordBatches;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.util.ByteString;

/**
 * A broker with one group of one member: the test says what is assigned. Records are {@code
 * "partition/offset"}, a few for each fetch.
 */
public final class FakeBroker {
  static final int RECORDS_PER_FETCH = 10;
  private static final Uuid TOPIC = new Uuid(1, 1);
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();
  private final Map<String, List<OutboundRecord>> published = new ConcurrentHashMap<>();
  private final Map<String, Errors> refused = new ConcurrentHashMap<>();
  private final AtomicInteger fetches = new AtomicInteger();
  private final AtomicInteger commits = new AtomicInteger();
  private volatile Set<TopicPartition> assigned = Set.of();
  private volatile Set<TopicPartition> owned = Set.of();
  private volatile Errors commitError = Errors.NONE;
  private volatile Errors heartbeatError = Errors.NONE;
  private volatile boolean left;
  private volatile int partitions = 2;
  private volatile List<String> topics = List.of();

  public FakeBroker(ActorTestKit testKit) {
    var broker = testKit.spawn(Behaviors.<BrokerCommand>setup(this::behavior));
    testKit.system().receptionist().tell(Receptionist.register(BrokerCommand.SERVICE_KEY, broker));
  }

  /** Says how many records a partition has. */
  void publish(TopicPartition partition, long records) {
    ends.put(partition, records);
  }

  /** Says how many partitions a topic has; none makes it unknown. */
  void grow(int count) {
    partitions = count;
  }

  /** Says which topics are listed. */
  void list(String... names) {
    topics = List.of(names);
  }

  void assign(TopicPartition... partitions) {
    assigned = Set.of(partitions);
  }

  void commit(TopicPartition partition, long offset) {
    committed.put(partition, offset);
  }

  void refuseCommits(Errors error) {
    commitError = error;
  }

  /** What is published to a topic, until the error is {@link Errors#NONE}. */
  public void refuseRecords(String topic, Errors error) {
    refused.put(topic, error);
  }

  /** Once. */
  void refuseHeartbeat(Errors error) {
    heartbeatError = error;
  }

  /** What the member says it has. */
  Set<TopicPartition> owned() {
    return owned;
  }

  Map<TopicPartition, Long> committed() {
    return Map.copyOf(committed);
  }

  /** What has been published to a topic, whatever the partition. */
  public List<OutboundRecord> published(String topic) {
    return published.getOrDefault(topic, List.of());
  }

  int fetches() {
    return fetches.get();
  }

  int commits() {
    return commits.get();
  }

  boolean isLeft() {
    return left;
  }

  private Behavior<BrokerCommand> behavior(ActorContext<BrokerCommand> context) {
    return Behaviors.receive(BrokerCommand.class)
        .onMessage(
            BrokerCommand.GroupHeartbeat.class, command -> reply(command, heartbeat(command)))
        .onMessage(BrokerCommand.CommitOffsets.class, command -> reply(command, store(command)))
        .onMessage(BrokerCommand.FetchOffsets.class, command -> reply(command, stored()))
        .onMessage(
            BrokerCommand.FindOffset.class,
            command -> reply(command, new BrokerReply.OffsetFound(found(command), -1)))
        .onMessage(
            BrokerCommand.ListTopics.class,
            command -> reply(command, new BrokerReply.TopicsListed(topics)))
        .onMessage(BrokerCommand.FetchBatches.class, command -> fetch(context, command))
        .onMessage(BrokerCommand.DescribeTopic.class, command -> reply(command, described(command)))
        .onMessage(
            BrokerCommand.AllocateProducerId.class,
            command -> reply(command, new BrokerReply.ProducerIdAllocated(1)))
        .onMessage(BrokerCommand.ProduceBatch.class, command -> reply(command, append(command)))
        .build();
  }

  private static Behavior<BrokerCommand> reply(BrokerCommand command, BrokerReply reply) {
    command.replyTo().tell(reply);
    return Behaviors.same();
  }

  private long found(BrokerCommand.FindOffset command) {
    return command.timestamp() == BrokerCommand.FindOffset.LATEST
        ? ends.getOrDefault(command.partition(), 0L)
        : 0;
  }

  private BrokerReply described(BrokerCommand.DescribeTopic command) {
    int count = partitions;
    return count == 0
        ? new BrokerReply.Refused(Errors.UNKNOWN_TOPIC_OR_PARTITION, "no such topic")
        : new BrokerReply.TopicDescribed(command.topic(), TOPIC, count, Map.of());
  }

  private BrokerReply append(BrokerCommand.ProduceBatch command) {
    Errors error = refused.getOrDefault(command.partition().topic(), Errors.NONE);
    if (error != Errors.NONE) {
      return new BrokerReply.Refused(error, error.message());
    }
    List<OutboundRecord> records =
        published.computeIfAbsent(
            command.partition().topic(), topic -> new CopyOnWriteArrayList<>());
    long base = records.size();
    RecordBatches.decode(List.of(command.batch()), 0, Integer.MAX_VALUE).records().stream()
        .map(FakeBroker::outbound)
        .forEach(records::add);
    return new BrokerReply.Produced(base);
  }

  private BrokerReply heartbeat(BrokerCommand.GroupHeartbeat command) {
    MemberHeartbeat heartbeat = command.heartbeat();
    Errors error = heartbeatError;
    heartbeatError = Errors.NONE;
    if (error != Errors.NONE) {
      return new BrokerReply.Refused(error, error.message());
    }
    left = heartbeat.epoch() < MemberHeartbeat.JOIN;
    heartbeat
        .owned()
        .ifPresent(
            partitions ->
                owned =
                    partitions.stream()
                        .map(TopicIdPartition::topicPartition)
                        .collect(Collectors.toSet()));
    Set<TopicIdPartition> told =
        assigned.stream()
            .map(each -> new TopicIdPartition(TOPIC, each))
            .collect(Collectors.toSet());
    return new BrokerReply.HeartbeatAnswered(1, INTERVAL, Optional.of(told), true);
  }

  private BrokerReply store(BrokerCommand.CommitOffsets command) {
    commits.incrementAndGet();
    Map<TopicPartition, Errors> outcome = new HashMap<>();
    command
        .commit()
        .offsets()
        .forEach(
            (partition, offset) -> {
              outcome.put(partition, commitError);
              if (commitError == Errors.NONE) {
                committed.put(partition, offset.offset());
              }
            });
    return new BrokerReply.OffsetsCommitted(outcome);
  }

  private BrokerReply stored() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    committed.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
    return new BrokerReply.OffsetsFetched(offsets);
  }

  private Behavior<BrokerCommand> fetch(
      ActorContext<BrokerCommand> context, BrokerCommand.FetchBatches command) {
    fetches.incrementAndGet();
    long end = ends.getOrDefault(command.partition(), 0L);
    long next = Math.min(end, command.offset() + RECORDS_PER_FETCH);
    if (command.offset() > end) {
      return reply(command, new BrokerReply.Refused(Errors.OFFSET_OUT_OF_RANGE, "beyond the end"));
    }
    List<ByteString> batches =
        next > command.offset()
            ? List.of(batch(command.partition(), command.offset(), next))
            : List.of();
    var fetched = new BrokerReply.FetchedBatches(batches, end, 0);
    if (batches.isEmpty()) {
      context.scheduleOnce(INTERVAL, command.replyTo(), fetched);
      return Behaviors.same();
    }
    return reply(command, fetched);
  }

  private static ByteString batch(TopicPartition partition, long from, long to) {
    SimpleRecord[] records =
        LongStream.range(from, to)
            .mapToObj(
                offset ->
                    new SimpleRecord(
                        1, null, (partition.partition() + "/" + offset).getBytes(UTF_8)))
            .toArray(SimpleRecord[]::new);
    return ByteString.fromByteBuffer(
        MemoryRecords.withRecords(from, Compression.NONE, records).buffer());
  }

  private static OutboundRecord outbound(InboundRecord record) {
    return new OutboundRecord(record.key(), record.value(), record.timestamp(), record.headers());
  }
}
