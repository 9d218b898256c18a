package io.castalia.actors.service;

import io.castalia.actors.group.Groups;
import io.castalia.actors.partition.AppendResult;
import io.castalia.actors.partition.FetchQuery;
import io.castalia.actors.partition.FetchResult;
import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.partition.Partitions;
import io.castalia.actors.topic.ConfigChange;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.TopicResult;
import io.castalia.actors.topic.Topics;
import io.castalia.api.BrokerCommand;
import io.castalia.api.BrokerReply;
import io.castalia.api.BrokerReply.Refused;
import io.castalia.api.internal.RecordBatches;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the api's messages on one node. It keeps no state of its own: each command becomes a call
 * on the partitions, the topics or the groups, and its one reply goes out when that is answered.
 */
public final class BrokerActor extends AbstractBehavior<BrokerCommand> {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerActor.class);

  /** With one more batch still within what remoting takes. */
  private static final int MAX_REPLY_BYTES = 8 * 1024 * 1024;

  private final Partitions partitions;
  private final Topics topics;
  private final GroupBridge groups;

  private BrokerActor(
      ActorContext<BrokerCommand> context,
      Partitions partitions,
      Topics topics,
      GroupBridge groups) {
    super(context);
    this.partitions = partitions;
    this.topics = topics;
    this.groups = groups;
  }

  /** A broker that registers itself with the receptionist. */
  public static Behavior<BrokerCommand> create(
      Partitions partitions, Topics topics, Groups groups) {
    return Behaviors.setup(
        context -> {
          context
              .getSystem()
              .receptionist()
              .tell(Receptionist.register(BrokerCommand.SERVICE_KEY, context.getSelf()));
          return new BrokerActor(
              context, partitions, topics, new GroupBridge(groups, topics::catalog));
        });
  }

  @Override
  public Receive<BrokerCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(
            BrokerCommand.Produce.class,
            command ->
                answer(
                    command,
                    produce(
                        command.partition(),
                        RecordBatches.encode(command.records(), command.identity()))))
        .onMessage(
            BrokerCommand.ProduceBatch.class,
            command -> answer(command, produce(command.partition(), command.batch())))
        .onMessage(BrokerCommand.FetchBatches.class, command -> answer(command, fetch(command)))
        .onMessage(BrokerCommand.Fetch.class, command -> answer(command, fetch(command)))
        .onMessage(BrokerCommand.FindOffset.class, command -> answer(command, findOffset(command)))
        .onMessage(
            BrokerCommand.DeleteRecords.class, command -> answer(command, deleteRecords(command)))
        .onMessage(
            BrokerCommand.CreateTopic.class,
            command ->
                answer(
                    command,
                    topics
                        .create(command.topic(), command.partitions(), command.configs(), false)
                        .thenApply(BrokerActor::described)))
        .onMessage(
            BrokerCommand.CreatePartitions.class,
            command ->
                answer(
                    command,
                    topics
                        .createPartitions(command.topic(), command.count(), false)
                        .thenApply(BrokerActor::described)))
        .onMessage(
            BrokerCommand.AlterTopicConfigs.class,
            command ->
                answer(
                    command,
                    topics
                        .alterConfigs(command.topic(), changes(command), false)
                        .thenApply(BrokerActor::described)))
        .onMessage(BrokerCommand.DeleteTopic.class, command -> answer(command, delete(command)))
        .onMessage(BrokerCommand.DescribeTopic.class, command -> answer(command, describe(command)))
        .onMessage(BrokerCommand.ListTopics.class, command -> answer(command, list()))
        .onMessage(
            BrokerCommand.AllocateProducerId.class,
            command ->
                answer(
                    command,
                    topics.nextProducerId().thenApply(BrokerReply.ProducerIdAllocated::new)))
        .onMessage(
            BrokerCommand.GroupHeartbeat.class,
            command -> answer(command, groups.heartbeat(command.heartbeat())))
        .onMessage(
            BrokerCommand.CommitOffsets.class,
            command -> answer(command, groups.commit(command.commit())))
        .onMessage(
            BrokerCommand.FetchOffsets.class,
            command -> answer(command, groups.offsets(command.query())))
        .build();
  }

  private Behavior<BrokerCommand> answer(
      BrokerCommand command, CompletionStage<? extends BrokerReply> reply) {
    reply.whenComplete(
        (answer, failure) ->
            command.replyTo().tell(failure == null ? answer : refused(command, failure)));
    return this;
  }

  private CompletionStage<BrokerReply> produce(TopicPartition partition, ByteString batch) {
    return onPartition(
        partition, id -> partitions.append(id, batch).thenApply(BrokerActor::produced));
  }

  private CompletionStage<BrokerReply> fetch(BrokerCommand.Fetch command) {
    return fetch(
            new BrokerCommand.FetchBatches(
                command.partition(),
                command.offset(),
                command.maxBytes(),
                command.maxWait(),
                command.replyTo()))
        .thenApply(
            reply ->
                reply instanceof BrokerReply.FetchedBatches fetched
                    ? fetched.decode(command.offset())
                    : reply);
  }

  private CompletionStage<BrokerReply> fetch(BrokerCommand.FetchBatches command) {
    int maxBytes = Math.min(command.maxBytes(), MAX_REPLY_BYTES);
    var query = new FetchQuery(command.offset(), maxBytes, -1, false);
    return onPartition(
        command.partition(),
        id ->
            partitions
                .fetch(id, query)
                .thenCompose(
                    first ->
                        isEmptyHanded(first) && !command.maxWait().isZero()
                            ? awaitRecords(id, command, first)
                                .thenCompose(done -> partitions.fetch(id, query))
                            : CompletableFuture.completedFuture(first))
                .thenApply(BrokerActor::fetched));
  }

  private CompletionStage<?> awaitRecords(
      PartitionId id, BrokerCommand.FetchBatches command, FetchResult first) {
    String waiter = command.replyTo().path().toSerializationFormat();
    return partitions.awaitRecords(id, first.highWatermark(), 1, command.maxWait(), waiter);
  }

  private CompletionStage<BrokerReply> findOffset(BrokerCommand.FindOffset command) {
    return onPartition(
        command.partition(),
        id ->
            partitions
                .listOffset(id, command.timestamp(), -1, false)
                .thenApply(
                    result ->
                        result.error() == Errors.NONE
                            ? new BrokerReply.OffsetFound(result.offset(), result.timestamp())
                            : new Refused(result.error(), result.error().message())));
  }

  private CompletionStage<BrokerReply> deleteRecords(BrokerCommand.DeleteRecords command) {
    return onPartition(
        command.partition(),
        id ->
            partitions
                .deleteRecords(id, command.offset())
                .thenApply(
                    result ->
                        result.error() == Errors.NONE
                            ? new BrokerReply.RecordsDeleted(result.offset())
                            : new Refused(result.error(), result.error().message())));
  }

  private static List<ConfigChange> changes(BrokerCommand.AlterTopicConfigs command) {
    return Stream.concat(
            command.set().entrySet().stream()
                .map(
                    each ->
                        new ConfigChange(
                            each.getKey(), ConfigChange.Operation.SET, each.getValue())),
            command.deleted().stream()
                .map(name -> new ConfigChange(name, ConfigChange.Operation.DELETE, "")))
        .toList();
  }

  private CompletionStage<BrokerReply> delete(BrokerCommand.DeleteTopic command) {
    Optional<TopicDescription> topic = topics.catalog().byName(command.topic());
    return topic.isEmpty()
        ? CompletableFuture.completedFuture(unknown(command.topic()))
        : topics
            .delete(topic.get().id())
            .thenApply(
                result ->
                    result.error() == Errors.NONE
                        ? described(topic.get())
                        : new Refused(result.error(), result.message()));
  }

  private CompletionStage<BrokerReply> describe(BrokerCommand.DescribeTopic command) {
    return CompletableFuture.completedFuture(
        topics
            .catalog()
            .byName(command.topic())
            .map(BrokerActor::described)
            .orElseGet(() -> unknown(command.topic())));
  }

  private CompletionStage<BrokerReply> list() {
    var names = topics.catalog().all().stream().map(TopicDescription::name).toList();
    return CompletableFuture.completedFuture(new BrokerReply.TopicsListed(names));
  }

  private CompletionStage<BrokerReply> onPartition(
      TopicPartition partition, Function<PartitionId, CompletionStage<BrokerReply>> action) {
    Optional<TopicDescription> topic = topics.catalog().byName(partition.topic());
    if (topic.isEmpty()) {
      return CompletableFuture.completedFuture(unknown(partition.topic()));
    }
    if (partition.partition() < 0 || partition.partition() >= topic.get().partitions()) {
      return CompletableFuture.completedFuture(
          new Refused(
              Errors.UNKNOWN_TOPIC_OR_PARTITION,
              "expected a partition of \"%s\" below %d, but it was %d"
                  .formatted(partition.topic(), topic.get().partitions(), partition.partition())));
    }
    return action.apply(new PartitionId(topic.get().id(), partition.partition()));
  }

  private static boolean isEmptyHanded(FetchResult result) {
    return result.error() == Errors.NONE && result.batches().isEmpty();
  }

  private static BrokerReply produced(AppendResult result) {
    return result.error() == Errors.NONE
        ? new BrokerReply.Produced(result.baseOffset())
        : new Refused(result.error(), result.message());
  }

  private static BrokerReply fetched(FetchResult result) {
    return result.error() == Errors.NONE
        ? new BrokerReply.FetchedBatches(
            result.batches(), result.highWatermark(), result.logStartOffset())
        : new Refused(result.error(), result.error().message());
  }

  private static BrokerReply described(TopicResult result) {
    return result
        .topic()
        .filter(topic -> result.error() == Errors.NONE)
        .map(BrokerActor::described)
        .orElseGet(() -> new Refused(result.error(), result.message()));
  }

  private static BrokerReply described(TopicDescription topic) {
    return new BrokerReply.TopicDescribed(
        topic.name(), topic.id(), topic.partitions(), topic.configs());
  }

  private static BrokerReply unknown(String topic) {
    return new Refused(
        Errors.UNKNOWN_TOPIC_OR_PARTITION,
        "expected an existing topic, but \"" + topic + "\" is none");
  }

  private static BrokerReply refused(BrokerCommand command, Throwable failure) {
    LOG.error("{} could not be answered", command.getClass().getSimpleName(), failure);
    return new Refused(Errors.UNKNOWN_SERVER_ERROR, String.valueOf(failure.getMessage()));
  }
}
