package io.castalia.actors.group;

import io.castalia.actors.group.GroupCommand.NodeLost;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/** Keeps the list of lost nodes, and tells the coordinators of its node of each. */
final class LostNodesWatch {
  private LostNodesWatch() {}

  /** Listens for as long as the actor system lives. */
  static Behavior<MemberEvent> create(LostNodes nodes) {
    return Behaviors.setup(
        context -> {
          Cluster.get(context.getSystem())
              .subscriptions()
              .tell(Subscribe.create(context.getSelf(), MemberEvent.class));
          return Behaviors.receive(MemberEvent.class)
              .onMessage(
                  MemberRemoved.class, removed -> lost(context, nodes, removed.member().address()))
              .onAnyMessage(
                  other -> {
                    nodes.found(other.member().address());
                    return Behaviors.same();
                  })
              .build();
        });
  }

  private static Behavior<MemberEvent> lost(
      ActorContext<MemberEvent> context, LostNodes nodes, Address node) {
    nodes.lost(node);
    Adapter.toClassic(context.getSystem()).eventStream().publish(new NodeLost());
    return Behaviors.same();
  }
}
