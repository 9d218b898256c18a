package io.castalia.api;

import io.castalia.api.BrokerReply.Fetched;
import io.castalia.api.BrokerReply.FetchedBatches;
import io.castalia.api.BrokerReply.HeartbeatAnswered;
import io.castalia.api.BrokerReply.OffsetFound;
import io.castalia.api.BrokerReply.OffsetsCommitted;
import io.castalia.api.BrokerReply.OffsetsFetched;
import io.castalia.api.BrokerReply.Produced;
import io.castalia.api.BrokerReply.ProducerIdAllocated;
import io.castalia.api.BrokerReply.RecordsDeleted;
import io.castalia.api.BrokerReply.Refused;
import io.castalia.api.BrokerReply.TopicDescribed;
import io.castalia.api.BrokerReply.TopicsListed;
import io.castalia.api.group.MemberHeartbeat;
import io.castalia.api.group.OffsetCommit;
import io.castalia.api.group.OffsetQuery;
import io.castalia.api.internal.BrokerWatch;
import io.castalia.api.internal.Brokers;
import io.castalia.api.internal.LargeReplies;
import io.castalia.api.internal.RecordBatches;
import io.castalia.api.internal.Replies;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.utils.Utils;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.util.ByteString;

/**
 * The asynchronous client of a Java service that runs in the cluster, or outside it and knows some
 * of its nodes ({@code castalia.client.contact-points}). Stages fail with Kafka's exceptions
 * ({@link org.apache.kafka.common.errors.ApiException} and its subclasses; retriable ones extend
 * {@link org.apache.kafka.common.errors.RetriableException}). Safe for use by many threads.
 */
public final class CastaliaClient {
  private final ActorSystem<?> system;
  private final Duration timeout;
  private final AtomicInteger keylessRecords = new AtomicInteger();
  private final Brokers brokers;

  private CastaliaClient(ActorSystem<?> system, Duration timeout) {
    this.system = system;
    this.timeout = timeout;
    this.brokers = new Brokers(system, timeout);
  }

  /**
   * A client in this actor system.
   *
   * @param timeout how long to wait for each reply
   */
  public static CastaliaClient create(ActorSystem<?> system, Duration timeout) {
    return new CastaliaClient(system, timeout);
  }

  /** The partition that Kafka's clients choose for a key: murmur2 of its bytes. */
  public static int partitionOf(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  /**
   * See {@link BrokerCommand.Produce}.
   *
   * @throws IllegalArgumentException if there is no record
   */
  public CompletionStage<Produced> produce(
      TopicPartition partition, List<OutboundRecord> records, Optional<ProducerIdentity> identity) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException(
          "expected at least one record for " + partition + ", but there was none");
    }
    ByteString batch = RecordBatches.encode(records, identity);
    return ask(
        Produced.class,
        timeout,
        replyTo -> new BrokerCommand.ProduceBatch(partition, batch, replyTo));
  }

  /**
   * Publishes one record to its key's partition, the one that Kafka's clients choose; a record
   * without a key to one of them after the other.
   */
  public CompletionStage<Produced> produce(String topic, OutboundRecord record) {
    return produce(topic, List.of(record))
        .thenApply(produced -> produced.values().iterator().next());
  }

  /**
   * Publishes records, each to its key's partition; those without a key together to one. The
   * records of a partition are appended in order, all or none. If a partition refuses its records
   * the stage fails when all have answered, and those of others may be durable.
   *
   * @param records at least one; those of a partition together no larger than the topic's {@code
   *     max.message.bytes}
   * @return where each partition's records begin
   */
  public CompletionStage<Map<TopicPartition, Produced>> produce(
      String topic, List<OutboundRecord> records) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("expected at least one record, but there was none");
    }
    List<OutboundRecord> batch = List.copyOf(records);
    return describeTopic(topic)
        .thenCompose(
            found -> {
              int turn = Math.floorMod(keylessRecords.getAndIncrement(), found.partitions());
              return produceAll(Placement.of(found, batch, turn));
            });
  }

  private CompletionStage<Map<TopicPartition, Produced>> produceAll(
      Map<TopicPartition, List<OutboundRecord>> parts) {
    Map<TopicPartition, CompletableFuture<Produced>> answers = new LinkedHashMap<>();
    parts.forEach(
        (partition, records) ->
            answers.put(
                partition, produce(partition, records, Optional.empty()).toCompletableFuture()));
    return CompletableFuture.allOf(answers.values().toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all -> {
              Map<TopicPartition, Produced> produced = new LinkedHashMap<>();
              answers.forEach((partition, answer) -> produced.put(partition, answer.join()));
              return produced;
            });
  }

  /** See {@link BrokerCommand.Fetch}. */
  public CompletionStage<Fetched> fetch(
      TopicPartition partition, long offset, int maxBytes, Duration maxWait) {
    return ask(
            FetchedBatches.class,
            timeout.plus(maxWait),
            replyTo ->
                new BrokerCommand.FetchBatches(partition, offset, maxBytes, maxWait, replyTo))
        .thenApply(fetched -> fetched.decode(offset));
  }

  /** See {@link BrokerCommand.FindOffset}. */
  public CompletionStage<OffsetFound> findOffset(TopicPartition partition, long timestamp) {
    return ask(
        OffsetFound.class,
        timeout,
        replyTo -> new BrokerCommand.FindOffset(partition, timestamp, replyTo));
  }

  /** See {@link BrokerCommand.DeleteRecords}. */
  public CompletionStage<RecordsDeleted> deleteRecords(TopicPartition partition, long offset) {
    return ask(
        RecordsDeleted.class,
        timeout,
        replyTo -> new BrokerCommand.DeleteRecords(partition, offset, replyTo));
  }

  /** See {@link BrokerCommand.CreateTopic}. */
  public CompletionStage<TopicDescribed> createTopic(
      String topic, int partitions, Map<String, String> configs) {
    return ask(
        TopicDescribed.class,
        timeout,
        replyTo -> new BrokerCommand.CreateTopic(topic, partitions, configs, replyTo));
  }

  /** See {@link BrokerCommand.CreatePartitions}. */
  public CompletionStage<TopicDescribed> createPartitions(String topic, int count) {
    return ask(
        TopicDescribed.class,
        timeout,
        replyTo -> new BrokerCommand.CreatePartitions(topic, count, replyTo));
  }

  /** See {@link BrokerCommand.AlterTopicConfigs}. */
  public CompletionStage<TopicDescribed> alterTopicConfigs(
      String topic, Map<String, String> set, Set<String> deleted) {
    return ask(
        TopicDescribed.class,
        timeout,
        replyTo -> new BrokerCommand.AlterTopicConfigs(topic, set, deleted, replyTo));
  }

  /** See {@link BrokerCommand.DeleteTopic}. */
  public CompletionStage<TopicDescribed> deleteTopic(String topic) {
    return ask(
        TopicDescribed.class, timeout, replyTo -> new BrokerCommand.DeleteTopic(topic, replyTo));
  }

  /** See {@link BrokerCommand.DescribeTopic}. */
  public CompletionStage<TopicDescribed> describeTopic(String topic) {
    return ask(
        TopicDescribed.class, timeout, replyTo -> new BrokerCommand.DescribeTopic(topic, replyTo));
  }

  /** See {@link BrokerCommand.ListTopics}. */
  public CompletionStage<TopicsListed> listTopics() {
    return ask(TopicsListed.class, timeout, BrokerCommand.ListTopics::new);
  }

  /** See {@link BrokerCommand.AllocateProducerId}. */
  public CompletionStage<ProducerIdAllocated> allocateProducerId() {
    return ask(ProducerIdAllocated.class, timeout, BrokerCommand.AllocateProducerId::new);
  }

  /** See {@link BrokerCommand.GroupHeartbeat}. */
  public CompletionStage<HeartbeatAnswered> heartbeat(MemberHeartbeat heartbeat) {
    return ask(
        HeartbeatAnswered.class,
        timeout,
        replyTo -> new BrokerCommand.GroupHeartbeat(heartbeat, replyTo));
  }

  /** See {@link BrokerCommand.CommitOffsets}. */
  public CompletionStage<OffsetsCommitted> commitOffsets(OffsetCommit commit) {
    return ask(
        OffsetsCommitted.class,
        timeout,
        replyTo -> new BrokerCommand.CommitOffsets(commit, replyTo));
  }

  /** See {@link BrokerCommand.FetchOffsets}. */
  public CompletionStage<OffsetsFetched> fetchOffsets(OffsetQuery query) {
    return ask(
        OffsetsFetched.class, timeout, replyTo -> new BrokerCommand.FetchOffsets(query, replyTo));
  }

  private <R extends BrokerReply> CompletionStage<R> ask(
      Class<R> expected, Duration within, Function<ActorRef<BrokerReply>, BrokerCommand> command) {
    return brokers
        .any()
        .thenCompose(
            broker ->
                BrokerWatch.of(system)
                    .orGone(
                        broker,
                        Brokers.isRemote(broker)
                            ? LargeReplies.of(broker, command, within, system)
                            : Replies.of(broker, command, within, system)))
        .handle((reply, failure) -> failure == null ? reply : timedOut(failure))
        .thenApply(
            reply -> {
              if (reply instanceof Refused refused) {
                throw refused.error().exception(refused.message());
              }
              return expected.cast(reply);
            });
  }

  private BrokerReply timedOut(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    brokers.forget();
    if (cause instanceof TimeoutException) {
      return new Refused(Errors.REQUEST_TIMED_OUT, String.valueOf(cause.getMessage()));
    }
    throw new CompletionException(cause);
  }
}
