package io.castalia.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.persistence.WriterSetup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;

/** The node's actor system, and its way into the cluster. */
final class NodeSystem {
  /** Nodes of one cluster share it. */
  private static final String NAME = "castalia";

  private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(60);

  private NodeSystem() {}

  /**
   * Starts the actor system without joining a cluster yet.
   *
   * @param contactPoint the embedded Cassandra's, if there is one
   */
  static ActorSystem<Void> start(
      NodeSettings settings,
      AdvertisedAddress advertised,
      Optional<InetSocketAddress> contactPoint) {
    Map<String, Object> own = new HashMap<>();
    own.put("pekko.remote.artery.canonical.hostname", settings.cluster().host());
    own.put("pekko.remote.artery.canonical.port", settings.cluster().port());
    UUID writer = UUID.randomUUID();
    own.put(
        "pekko.cluster.roles",
        List.of(MemberAddress.role(settings.nodeId(), advertised), MemberWriter.role(writer)));
    own.put(
        "pekko.cluster.seed-nodes",
        settings.cluster().seedNodes().stream()
            .map(node -> "pekko://" + NAME + "@" + node)
            .toList());
    contactPoint.ifPresent(
        address ->
            own.put(
                "castalia.persistence.cassandra.contact-points",
                List.of(address.getHostString() + ":" + address.getPort())));
    Config config = ConfigFactory.parseMap(own, "node").withFallback(settings.config());
    return ActorSystem.create(
        Behaviors.empty(),
        NAME,
        ActorSystemSetup.create(BootstrapSetup.create(config), new WriterSetup(writer)));
  }

  /**
   * Joins the cluster of the seed nodes, or forms one; blocks until this node is a full member. May
   * be called again.
   *
   * @throws StartException if that takes too long
   */
  static void join(ActorSystem<?> system, ClusterSettings settings) {
    Cluster cluster = Cluster.get(system);
    CompletableFuture<Done> up = new CompletableFuture<>();
    cluster.registerOnMemberUp(() -> up.complete(Done.getInstance()));
    Member self = cluster.selfMember();
    if (settings.seedNodes().isEmpty() && self.status() == MemberStatus.removed()) {
      cluster.join(self.address());
    }
    try {
      up.copy().orTimeout(JOIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      throw new StartException(
          "could not join the cluster of %s within %d s"
              .formatted(settings.seedNodes(), JOIN_TIMEOUT.toSeconds()),
          e);
    }
  }
}
