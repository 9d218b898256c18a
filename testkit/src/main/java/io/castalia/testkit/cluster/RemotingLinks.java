package io.castalia.testkit.cluster;

import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.apache.pekko.remote.transport.ThrottlerTransportAdapter;
import org.apache.pekko.remote.transport.ThrottlerTransportAdapter$Direction$Both$;
import scala.jdk.javaapi.FutureConverters;

/** A node's end of its links to other nodes, by what Pekko's own cluster tests cut them with. */
@SuppressWarnings("deprecation") // its commands are those of the newer transport, too
final class RemotingLinks {
  private static final long PATIENCE_SECONDS = 60;

  private final Address self;
  private final RemoteActorRefProvider remoting;

  RemotingLinks(ExtendedActorSystem system) {
    if (!(system.provider() instanceof RemoteActorRefProvider provider)) {
      throw new IllegalStateException(
          "expected a cluster's provider, but got " + system.provider());
    }
    this.remoting = provider;
    this.self = provider.getDefaultAddress();
  }

  /** Drops all that goes to the node with this cluster port and comes from it. */
  void cut(int port) {
    set(port, ThrottlerTransportAdapter.Blackhole$.MODULE$);
  }

  /** Lets everything pass again. */
  void heal(int port) {
    set(port, ThrottlerTransportAdapter.Unthrottled$.MODULE$);
  }

  private void set(int port, ThrottlerTransportAdapter.ThrottleMode mode) {
    Address peer = new Address(self.protocol(), self.system(), NodePorts.HOST, port);
    var unused =
        FutureConverters.asJava(
                remoting
                    .transport()
                    .managementCommand(
                        new ThrottlerTransportAdapter.SetThrottle(
                            peer, ThrottlerTransportAdapter$Direction$Both$.MODULE$, mode)))
            .toCompletableFuture()
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join();
  }
}
