package io.castalia.actors.service;

import io.castalia.actors.group.Groups;
import io.castalia.actors.partition.Partitions;
import io.castalia.actors.topic.Topics;
import io.castalia.api.BrokerCommand;
import io.castalia.api.BrokerReply;
import io.castalia.api.BrokerReply.Refused;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.ReceiveBuilder;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the api's messages on one node. It keeps no state of its own: each command becomes a call
 * on the partitions, the topics or the groups, and its one reply goes out when that is answered.
 */
public final class BrokerActor extends AbstractBehavior<BrokerCommand> {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerActor.class);

  private final PartitionBridge partitions;
  private final TopicBridge topics;
  private final GroupBridge groups;

  private BrokerActor(
      ActorContext<BrokerCommand> context,
      PartitionBridge partitions,
      TopicBridge topics,
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
              context,
              new PartitionBridge(partitions, topics::catalog),
              new TopicBridge(topics),
              new GroupBridge(groups, topics::catalog));
        });
  }

  @Override
  public Receive<BrokerCommand> createReceive() {
    ReceiveBuilder<BrokerCommand> receive = newReceiveBuilder();
    onRecords(receive);
    onTopics(receive);
    onGroups(receive);
    return receive.build();
  }

  private void onRecords(ReceiveBuilder<BrokerCommand> receive) {
    answered(receive, BrokerCommand.Produce.class, partitions::produce);
    answered(receive, BrokerCommand.ProduceBatch.class, partitions::produce);
    answered(receive, BrokerCommand.FetchBatches.class, partitions::fetch);
    answered(receive, BrokerCommand.Fetch.class, partitions::fetch);
    answered(receive, BrokerCommand.FindOffset.class, partitions::findOffset);
    answered(receive, BrokerCommand.DeleteRecords.class, partitions::deleteRecords);
  }

  private void onTopics(ReceiveBuilder<BrokerCommand> receive) {
    answered(receive, BrokerCommand.CreateTopic.class, topics::create);
    answered(receive, BrokerCommand.CreatePartitions.class, topics::createPartitions);
    answered(receive, BrokerCommand.AlterTopicConfigs.class, topics::alterConfigs);
    answered(receive, BrokerCommand.DeleteTopic.class, topics::delete);
    answered(receive, BrokerCommand.DescribeTopic.class, topics::describe);
    answered(receive, BrokerCommand.ListTopics.class, list -> topics.list());
    answered(
        receive, BrokerCommand.AllocateProducerId.class, allocate -> topics.allocateProducerId());
  }

  private void onGroups(ReceiveBuilder<BrokerCommand> receive) {
    answered(
        receive, BrokerCommand.GroupHeartbeat.class, beat -> groups.heartbeat(beat.heartbeat()));
    answered(receive, BrokerCommand.CommitOffsets.class, commit -> groups.commit(commit.commit()));
    answered(receive, BrokerCommand.FetchOffsets.class, fetch -> groups.offsets(fetch.query()));
  }

  private <C extends BrokerCommand> void answered(
      ReceiveBuilder<BrokerCommand> receive,
      Class<C> type,
      Function<C, CompletionStage<BrokerReply>> handler) {
    receive.onMessage(type, command -> answer(command, handler.apply(command)));
  }

  private Behavior<BrokerCommand> answer(
      BrokerCommand command, CompletionStage<BrokerReply> reply) {
    reply.whenComplete(
        (answer, failure) ->
            command.replyTo().tell(failure == null ? answer : refused(command, failure)));
    return this;
  }

  private static BrokerReply refused(BrokerCommand command, Throwable failure) {
    LOG.error("{} could not be answered", command.getClass().getSimpleName(), failure);
    return new Refused(Errors.UNKNOWN_SERVER_ERROR, String.valueOf(failure.getMessage()));
  }
}
