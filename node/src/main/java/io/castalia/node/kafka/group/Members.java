package io.castalia.node.kafka.group;

import io.castalia.actors.group.ClientAddress;
import io.castalia.actors.group.MemberIdentity;
import io.castalia.node.kafka.RequestContext;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who speaks, as the fields of requests have it. */
final class Members {
  private Members() {}

  static MemberIdentity identity(String memberId, @Nullable String instanceId) {
    return new MemberIdentity(memberId, Optional.ofNullable(instanceId));
  }

  /** The client as Kafka shows it: the host with a slash before it and without a name. */
  static ClientAddress address(RequestContext context) {
    @Nullable String clientId = context.header().clientId();
    @Nullable InetAddress host = context.client().getAddress();
    return new ClientAddress(
        clientId == null ? "" : clientId,
        "/" + (host == null ? context.client().getHostString() : host.getHostAddress()));
  }
}
