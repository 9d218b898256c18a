package io.castalia.node;

import io.castalia.api.group.CommitResult;
import io.castalia.api.group.GroupMember;
import io.castalia.api.group.MemberCommand;
import io.castalia.api.group.MemberEvent;
import io.castalia.api.group.MemberSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A service that is a member of a group by message, and lets go at once of what it is asked for.
 */
final class ServiceMember implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ActorSystem<?> system;
  private final ConcurrentLinkedQueue<MemberEvent> events = new ConcurrentLinkedQueue<>();
  private final ActorRef<MemberCommand> member;

  ServiceMember(ActorSystem<?> system, MemberSettings settings) {
    this.system = system;
    ActorRef<MemberEvent> service = system.systemActorOf(service(), name(), Props.empty());
    this.member =
        system.systemActorOf(GroupMember.create(settings, service), name(), Props.empty());
  }

  private static String name() {
    return "service-" + java.util.UUID.randomUUID();
  }

  private Behavior<MemberEvent> service() {
    return Behaviors.receiveMessage(
        event -> {
          events.add(event);
          return Behaviors.same();
        });
  }

  List<MemberEvent> events() {
    return List.copyOf(events);
  }

  /** What the service has, as it was told. */
  Set<TopicPartition> assignment() {
    Set<TopicPartition> has = new HashSet<>();
    for (MemberEvent event : events) {
      if (event instanceof MemberEvent.Assigned assigned) {
        has.addAll(assigned.partitions().keySet());
      } else if (event instanceof MemberEvent.Revoking revoking) {
        has.removeAll(revoking.partitions());
      } else if (event instanceof MemberEvent.Lost lost) {
        has.removeAll(lost.partitions());
      }
    }
    return has;
  }

  void tell(MemberCommand command) {
    member.tell(command);
  }

  /** Lets go of all that it was ever asked for. */
  void release() {
    for (MemberEvent event : events) {
      if (event instanceof MemberEvent.Revoking revoking) {
        member.tell(new MemberCommand.Revoked(revoking.partitions()));
      }
    }
  }

  CompletionStage<CommitResult> commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    return AskPattern.ask(
        member,
        replyTo -> new MemberCommand.Commit(offsets, replyTo),
        PATIENCE,
        system.scheduler());
  }

  @Override
  public void close() {
    member.tell(new MemberCommand.Leave());
  }
}
