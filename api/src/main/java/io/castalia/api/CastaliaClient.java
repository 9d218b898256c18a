package io.castalia.api;

import io.castalia.api.BrokerReply.Fetched;
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
import io.castalia.api.internal.LargeReplies;
import io.castalia.api.internal.Replies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.utils.Utils;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous client of a Java service that runs in the cluster. Stages fail with Kafka's
 * exceptions ({@link org.apache.kafka.common.errors.ApiException} and its subclasses; retriable
 * ones extend {@link org.apache.kafka.common.errors.RetriableException}). Safe for use by many
 * threads.
 */
public final class CastaliaClient {
  private static final Duration FIND_AGAIN = Duration.ofMillis(100);

  private final ActorSystem<?> system;
  private final Duration timeout;
  private final AtomicInteger keylessRecords = new AtomicInteger();
  private final AtomicReference<@Nullable ActorRef<BrokerCommand>> known = new AtomicReference<>();

  private CastaliaClient(ActorSystem<?> system, Duration timeout) {
    this.system = system;
    this.timeout = timeout;
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

  /** See {@link BrokerCommand.Produce}. */
  public CompletionStage<Produced> produce(
      TopicPartition partition, List<OutboundRecord> records, Optional<ProducerIdentity> identity) {
    return ask(
        Produced.class,
        timeout,
        replyTo -> new BrokerCommand.Produce(partition, records, identity, replyTo));
  }

  /**
   * Publishes one record to its key's partition, the one that Kafka's clients choose; a record
   * without a key to one of them after the other.
   */
  public CompletionStage<Produced> produce(String topic, OutboundRecord record) {
    return describeTopic(topic)
        .thenCompose(
            found -> {
              ByteString key = record.key();
              int partition =
                  key == null
                      ? Math.floorMod(keylessRecords.getAndIncrement(), found.partitions())
                      : partitionOf(key.toArray(), found.partitions());
              return produce(
                  new TopicPartition(topic, partition), List.of(record), Optional.empty());
            });
  }

  /** See {@link BrokerCommand.Fetch}. */
  public CompletionStage<Fetched> fetch(
      TopicPartition partition, long offset, int maxBytes, Duration maxWait) {
    return ask(
        Fetched.class,
        timeout.plus(maxWait),
        replyTo -> new BrokerCommand.Fetch(partition, offset, maxBytes, maxWait, replyTo));
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
    return broker()
        .thenCompose(
            broker ->
                isRemote(broker)
                    ? LargeReplies.of(broker, command, within, system)
                    : Replies.of(broker, command, within, system))
        .handle((reply, failure) -> failure == null ? reply : timedOut(failure))
        .thenApply(
            reply -> {
              if (reply instanceof Refused refused) {
                throw refused.error().exception(refused.message());
              }
              return expected.cast(reply);
            });
  }

  /** A broker on this node if there is one, else any. */
  private CompletionStage<ActorRef<BrokerCommand>> broker() {
    ActorRef<BrokerCommand> last = known.get();
    return last == null
        ? find(System.nanoTime() + timeout.toNanos())
        : CompletableFuture.completedFuture(last);
  }

  /**
   * Looks again until the deadline: a node that has just started or joined is not listed at once.
   */
  private CompletionStage<ActorRef<BrokerCommand>> find(long deadlineNanos) {
    CompletionStage<Receptionist.Listing> listing =
        Replies.of(
            system.receptionist(),
            replyTo -> Receptionist.find(BrokerCommand.SERVICE_KEY, replyTo),
            timeout,
            system);
    return listing.thenCompose(
        found -> {
          var brokers = found.getServiceInstances(BrokerCommand.SERVICE_KEY);
          return brokers.stream()
              .min((a, b) -> Boolean.compare(isRemote(a), isRemote(b)))
              .<CompletionStage<ActorRef<BrokerCommand>>>map(this::remember)
              .orElseGet(() -> findAgain(deadlineNanos));
        });
  }

  private CompletionStage<ActorRef<BrokerCommand>> findAgain(long deadlineNanos) {
    if (System.nanoTime() - deadlineNanos < 0) {
      return Patterns.after(FIND_AGAIN, system.classicSystem(), () -> find(deadlineNanos));
    }
    return CompletableFuture.failedFuture(
        Errors.BROKER_NOT_AVAILABLE.exception(
            "expected a node of Castalia in the cluster of \""
                + system.name()
                + "\", but the receptionist knew none for "
                + timeout));
  }

  private CompletionStage<ActorRef<BrokerCommand>> remember(ActorRef<BrokerCommand> broker) {
    known.set(broker);
    return CompletableFuture.completedFuture(broker);
  }

  private static boolean isRemote(ActorRef<?> ref) {
    return ref.path().address().hasGlobalScope();
  }

  private BrokerReply timedOut(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    known.set(null);
    if (cause instanceof TimeoutException) {
      return new Refused(Errors.REQUEST_TIMED_OUT, String.valueOf(cause.getMessage()));
    }
    throw new CompletionException(cause);
  }
}
