package io.castalia.node;

import io.castalia.actors.partition.ShardedPartitions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.pattern.Patterns;

/**
 * Hands partitions over to other nodes before the gateway closes. The other way round, clients
 * would be sent to a node that has the partitions and takes no requests.
 */
final class PlannedLeave {
  /** Less than the shutdown phase in which it happens. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Clients ask more often, if they ask at all. */
  private static final Duration NEWS = Duration.ofSeconds(2);

  private PlannedLeave() {}

  /** Sees to it whenever the node stops. */
  static void prepare(ActorSystem<?> system, ShardedPartitions partitions) {
    CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
    shutdown.addTask(
        CoordinatedShutdown.PhaseBeforeServiceUnbind(),
        "hand-over-partitions",
        () -> handOver(system, partitions));
    shutdown.addTask(
        CoordinatedShutdown.PhaseBeforeClusterShutdown(),
        "refuse-requests-for-partitions",
        () -> refuse(system, partitions));
  }

  /** The streams and connectors of a node that is alone ask as long as they live. */
  private static CompletionStage<Done> refuse(ActorSystem<?> system, ShardedPartitions partitions) {
    if (!hasOthers(Cluster.get(system))) {
      partitions.refuseRequests();
    }
    return done();
  }

  private static CompletionStage<Done> handOver(
      ActorSystem<?> system, ShardedPartitions partitions) {
    if (!hasOthers(Cluster.get(system))) {
      return done();
    }
    // What is not handed over by then is, later in the shutdown, by sharding itself.
    return partitions.moves().handOver(PATIENCE).thenCompose(done -> untilClientsKnow(system));
  }

  /**
   * Until then clients go on sending requests here, and are told where to go instead. A gateway
   * that closes would leave them without an answer.
   */
  private static CompletionStage<Done> untilClientsKnow(ActorSystem<?> system) {
    return Patterns.after(
        NEWS, system.classicSystem().scheduler(), system.executionContext(), PlannedLeave::done);
  }

  private static CompletionStage<Done> done() {
    return CompletableFuture.completedStage(Done.getInstance());
  }

  /**
   * A node that is alone among services, or that the others have given up, has nobody to hand over
   * to.
   */
  private static boolean hasOthers(Cluster cluster) {
    return cluster.selfMember().status().equals(MemberStatus.up())
        && StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
            .anyMatch(
                member ->
                    member.status().equals(MemberStatus.up())
                        && MemberNode.of(member).isPresent()
                        && !member.uniqueAddress().equals(cluster.selfUniqueAddress()));
  }
}
