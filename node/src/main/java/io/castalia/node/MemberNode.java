package io.castalia.node;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Node;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.Member;

/** A member of the cluster as Kafka clients know it: from its roles. */
final class MemberNode {
  private MemberNode() {}

  static Optional<Node> of(Member member) {
    return of(member.getRoles());
  }

  static Optional<Node> of(Set<String> roles) {
    String rack =
        roles.stream().flatMap(role -> MemberRack.parse(role).stream()).findFirst().orElse(null);
    return roles.stream()
        .flatMap(role -> MemberAddress.parse(role).stream())
        .map(node -> new Node(node.id(), node.host(), node.port(), rack))
        .findFirst();
  }

  /** Where other nodes connect to a member. */
  static String hostPort(Address address) {
    return address.getHost().orElse("") + ":" + address.getPort().orElse(0);
  }
}
