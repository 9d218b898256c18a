package io.castalia.streams;

import io.castalia.api.CastaliaClient;
import io.castalia.api.group.CommitResult;
import io.castalia.api.group.MemberCommand;
import io.castalia.api.group.MemberEvent;
import io.castalia.api.group.OffsetCommit;
import io.castalia.api.group.OffsetQuery;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Gives a stream the partitions of its own choice, as a group's member gives it those that the
 * group has for it, and commits offsets under the group's name without being a member.
 */
final class ManualMember extends AbstractBehavior<MemberCommand> {

  /** Where each partition begins, or why that could not be found out. */
  private record Begun(Map<TopicPartition, Optional<OffsetAndMetadata>> begins)
      implements MemberCommand.Internal {}

  private record Unfound(Throwable failure) implements MemberCommand.Internal {}

  private record Answer(MemberCommand.Commit commit, CommitResult result)
      implements MemberCommand.Internal {}

  private final GroupSettings group;
  private final CastaliaClient client;
  private final Retry retry;
  private final ActorRef<MemberEvent> stream;
  private int commitsUnderWay;
  private boolean leaving;

  private ManualMember(
      ActorContext<MemberCommand> context,
      ConsumerSettings<?, ?> settings,
      Subscription.Manual subscription,
      ActorRef<MemberEvent> stream) {
    super(context);
    this.group = settings.group();
    this.client = settings.client();
    this.retry = new Retry(settings.system(), settings.fetch().retryTimeout());
    this.stream = stream;
    context.pipeToSelf(
        begins(settings, subscription),
        (begins, failure) -> begins == null ? new Unfound(failure) : new Begun(begins));
  }

  static Behavior<MemberCommand> create(
      ConsumerSettings<?, ?> settings,
      Subscription.Manual subscription,
      ActorRef<MemberEvent> stream) {
    return Behaviors.setup(context -> new ManualMember(context, settings, subscription, stream));
  }

  private CompletionStage<Map<TopicPartition, Optional<OffsetAndMetadata>>> begins(
      ConsumerSettings<?, ?> settings, Subscription.Manual subscription) {
    Set<TopicPartition> partitions = subscription.partitions();
    if (subscription instanceof Subscription.Assignment) {
      return group.groupId().isEmpty()
          ? CompletableFuture.completedStage(each(partitions, Map.of()))
          : retry
              .call(
                  () ->
                      client.fetchOffsets(
                          OffsetQuery.withoutMembership(group.groupId(), partitions)))
              .thenApply(found -> each(partitions, found.offsets()));
    }
    CompletionStage<Map<TopicPartition, OffsetAndMetadata>> begins =
        CompletableFuture.completedStage(new HashMap<>());
    for (TopicPartition partition : partitions) {
      begins =
          begins.thenCombine(
              new PartitionReader<>(settings, partition).start(subscription),
              (known, offset) -> {
                known.put(partition, new OffsetAndMetadata(offset));
                return known;
              });
    }
    return begins.thenApply(found -> each(partitions, found));
  }

  private static Map<TopicPartition, Optional<OffsetAndMetadata>> each(
      Set<TopicPartition> partitions, Map<TopicPartition, OffsetAndMetadata> offsets) {
    return partitions.stream()
        .collect(Collectors.toMap(each -> each, each -> Optional.ofNullable(offsets.get(each))));
  }

  @Override
  public Receive<MemberCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(Begun.class, begun -> tell(new MemberEvent.Assigned(begun.begins())))
        .onMessage(Unfound.class, this::onUnfound)
        .onMessage(MemberCommand.Revoked.class, revoked -> this)
        .onMessage(MemberCommand.Commit.class, this::onCommit)
        .onMessage(Answer.class, this::onAnswer)
        .onMessage(MemberCommand.Leave.class, leave -> onLeave())
        .build();
  }

  private Behavior<MemberCommand> tell(MemberEvent event) {
    stream.tell(event);
    return this;
  }

  private Behavior<MemberCommand> onUnfound(Unfound unfound) {
    Throwable cause = Errors.maybeUnwrapException(unfound.failure());
    stream.tell(
        new MemberEvent.Failed(Errors.forException(cause), String.valueOf(cause.getMessage())));
    return Behaviors.stopped();
  }

  private Behavior<MemberCommand> onCommit(MemberCommand.Commit commit) {
    commitsUnderWay++;
    getContext()
        .pipeToSelf(
            retry.call(
                () ->
                    client.commitOffsets(
                        OffsetCommit.withoutMembership(
                            group.groupId(), group.clientId(), commit.offsets()))),
            (committed, failure) ->
                new Answer(
                    commit,
                    committed == null
                        ? all(commit.offsets().keySet(), Errors.forException(failure))
                        : new CommitResult(committed.partitions())));
    return this;
  }

  private static CommitResult all(Set<TopicPartition> partitions, Errors error) {
    return new CommitResult(
        partitions.stream().collect(Collectors.toMap(each -> each, each -> error)));
  }

  private Behavior<MemberCommand> onAnswer(Answer answer) {
    commitsUnderWay--;
    answer.commit().replyTo().tell(answer.result());
    return leaving ? onLeave() : this;
  }

  private Behavior<MemberCommand> onLeave() {
    leaving = true;
    if (commitsUnderWay > 0) {
      return this;
    }
    stream.tell(new MemberEvent.Left());
    return Behaviors.stopped();
  }
}
