package io.castalia.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.MemberStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's way into its cluster, with the reasons why it may not get there. */
final class ClusterEntry {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterEntry.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration ROUND = Duration.ofSeconds(10);

  private final ActorSystem<?> system;
  private final Cluster cluster;
  private final ClusterSettings settings;

  private ClusterEntry(ActorSystem<?> system, ClusterSettings settings) {
    this.system = system;
    this.cluster = Cluster.get(system);
    this.settings = settings;
  }

  /**
   * Joins the cluster of the seed nodes, or forms one; blocks until this node is a full member. May
   * be called again.
   *
   * @throws StartException if that takes too long, or the cluster does not take this node
   */
  static void join(ActorSystem<?> system, ClusterSettings settings) {
    new ClusterEntry(system, settings).join();
  }

  private void join() {
    CompletableFuture<Done> up = new CompletableFuture<>();
    cluster.registerOnMemberUp(() -> up.complete(Done.getInstance()));
    var unused =
        system.getWhenTerminated().thenAccept(done -> up.completeExceptionally(terminated()));
    SeedNodes seeds = new SeedNodes(settings);
    long begun = System.nanoTime();
    boolean complained = false;
    do {
      ask(seeds);
      if (await(up, ROUND)) {
        return;
      }
      if (!complained) {
        complained = true;
        LOG.warn("This node is not in its cluster yet; its seed nodes: {}", seeds.describe());
      }
    } while (System.nanoTime() - begun < PATIENCE.toNanos());
    throw new StartException(
        "could not join a cluster within %d s; the seed nodes: %s"
            .formatted(PATIENCE.toSeconds(), seeds.describe()));
  }

  /** Again in each round, with what is known then, unless this node is on its way in already. */
  private void ask(SeedNodes seeds) {
    if (cluster.selfMember().status() != MemberStatus.removed()) {
      return;
    }
    if (settings.seedNodes().isEmpty()) {
      cluster.join(cluster.selfAddress());
    } else {
      cluster.joinSeedNodes(seeds.toAsk().stream().map(NodeSystem::address).toList());
    }
  }

  private static boolean await(CompletableFuture<Done> up, Duration patience) {
    CompletableFuture<Boolean> timeout =
        new CompletableFuture<Boolean>()
            .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return (Boolean) CompletableFuture.anyOf(up.thenApply(done -> true), timeout).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StartException reason) {
        throw reason;
      }
      throw e;
    }
  }

  private StartException terminated() {
    boolean incompatible =
        CoordinatedShutdown.get(system)
            .getShutdownReason()
            .filter(CoordinatedShutdown.incompatibleConfigurationDetectedReason()::equals)
            .isPresent();
    return new StartException(
        incompatible
            ? "the cluster of %s is set up differently: expected the same %s; what differs is in the log"
                .formatted(settings.seedNodes(), SharedSettings.KEYS)
            : "the node was stopped before it had joined its cluster");
  }
}
