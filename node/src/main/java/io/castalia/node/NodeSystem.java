package io.castalia.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.persistence.MetersSetup;
import io.castalia.persistence.StoreSetup;
import io.castalia.persistence.WriterSetup;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The node's actor system. */
final class NodeSystem {
  /** Nodes of one cluster share it. */
  private static final String NAME = "castalia";

  /**
   * The role of all nodes and of no other member, to which {@code castalia-node.conf} limits
   * singletons and shards.
   */
  private static final String ROLE = "castalia";

  private NodeSystem() {}

  /**
   * Starts the actor system without joining a cluster yet.
   *
   * @param contactPoint the embedded Cassandra's, if there is one
   * @param reachable when Cassandra can be reached; not before that is the journal opened
   * @param meters where its meters go
   */
  static ActorSystem<Void> start(
      NodeSettings settings,
      AdvertisedAddress advertised,
      Optional<InetSocketAddress> contactPoint,
      CompletionStage<Done> reachable,
      MeterRegistry meters) {
    Map<String, Object> own = new HashMap<>();
    own.put("pekko.remote.artery.canonical.hostname", settings.cluster().host());
    own.put("pekko.remote.artery.canonical.port", settings.cluster().port());
    UUID writer = UUID.randomUUID();
    own.put("pekko.cluster.roles", roles(settings, advertised, writer));
    contactPoint.ifPresent(
        address ->
            own.put(
                "castalia.persistence.cassandra.contact-points",
                List.of(address.getHostString() + ":" + address.getPort())));
    settings
        .readCacheDirectory()
        .ifPresent(
            directory ->
                own.put("castalia.persistence.read-cache-file.directory", directory.toString()));
    Config config = ConfigFactory.parseMap(own, "node").withFallback(settings.config());
    return ActorSystem.create(
        Behaviors.empty(),
        NAME,
        ActorSystemSetup.create(
            BootstrapSetup.create(config),
            new WriterSetup(writer),
            new StoreSetup(reachable),
            new MetersSetup(meters)));
  }

  /** Of another node's system, from its {@code HOST:PORT}. */
  static Address address(String hostPort) {
    return AddressFromURIString.parse("pekko://" + NAME + "@" + hostPort);
  }

  private static List<String> roles(
      NodeSettings settings, AdvertisedAddress advertised, UUID writer) {
    List<String> roles = new ArrayList<>(settings.cluster().roles());
    roles.add(ROLE);
    roles.add(MemberAddress.role(settings.nodeId(), advertised));
    roles.add(MemberWriter.role(writer));
    if (!settings.cluster().rack().isEmpty()) {
      roles.add(MemberRack.role(settings.cluster().rack()));
    }
    return roles;
  }
}
