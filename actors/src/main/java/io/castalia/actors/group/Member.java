package io.castalia.actors.group;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * A member of a generation, as it outlives its coordinator.
 *
 * @param sessionTimeout how long it may be silent
 * @param rebalanceTimeout how long the group waits for it to join again
 * @param protocols in the order of its preference
 * @param assignment what the leader gave it; opaque
 */
record Member(
    MemberIdentity identity,
    ClientAddress client,
    Duration sessionTimeout,
    Duration rebalanceTimeout,
    List<GroupProtocol> protocols,
    ByteString assignment) {
  Member {
    protocols = List.copyOf(protocols);
  }

  static Member of(JoinRequest request, String memberId) {
    return new Member(
        new MemberIdentity(memberId, request.member().instanceId()),
        request.client(),
        request.sessionTimeout(),
        request.rebalanceTimeout(),
        request.protocols(),
        ByteString.emptyByteString());
  }

  String id() {
    return identity.memberId();
  }

  boolean isStatic() {
    return identity.instanceId().isPresent();
  }

  Optional<GroupProtocol> protocol(String name) {
    return protocols.stream().filter(protocol -> protocol.name().equals(name)).findFirst();
  }

  ByteString metadata(String protocol) {
    return protocol(protocol).map(GroupProtocol::metadata).orElse(ByteString.emptyByteString());
  }

  Member assigned(ByteString given) {
    return new Member(identity, client, sessionTimeout, rebalanceTimeout, protocols, given);
  }
}
