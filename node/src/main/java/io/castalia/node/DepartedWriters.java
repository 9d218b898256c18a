package io.castalia.node;

import java.util.UUID;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.MemberDowned;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * Tells the journal which writers belong to members that have been declared down or have left, so
 * that their logs are taken over by one fence for each.
 */
final class DepartedWriters {
  private DepartedWriters() {}

  /**
   * Listens for as long as the actor system lives.
   *
   * @param journal told of each writer, at least once
   */
  static Behavior<MemberEvent> create(Consumer<UUID> journal) {
    return Behaviors.setup(
        context -> {
          Cluster.get(context.getSystem())
              .subscriptions()
              .tell(Subscribe.create(context.getSelf(), MemberEvent.class));
          return Behaviors.receive(MemberEvent.class)
              .onMessage(MemberDowned.class, down -> tell(down.member(), journal))
              .onMessage(MemberRemoved.class, removed -> tell(removed.member(), journal))
              .onAnyMessage(other -> Behaviors.same())
              .build();
        });
  }

  private static Behavior<MemberEvent> tell(Member member, Consumer<UUID> journal) {
    member.getRoles().stream().flatMap(role -> MemberWriter.parse(role).stream()).forEach(journal);
    return Behaviors.same();
  }
}
