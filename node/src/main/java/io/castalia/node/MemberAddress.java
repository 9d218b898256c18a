package io.castalia.node;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.Node;

/**
 * A node's id and the address of its gateway, as a role of its cluster member: what gossip tells of
 * a member, all nodes know as long as they know the member.
 */
final class MemberAddress {
  private static final Pattern ROLE = Pattern.compile("kafka=(\\d+)@(.+):(\\d+)");

  private MemberAddress() {}

  /** With numbers that all nodes read, whatever digits the locale of this one has. */
  static String role(int nodeId, AdvertisedAddress address) {
    return "kafka=%s@%s:%s".formatted(nodeId, address.host(), address.port());
  }

  /** What the role says, or empty if it is another kind of role. */
  static Optional<Node> parse(String role) {
    Matcher matcher = ROLE.matcher(role);
    return matcher.matches()
        ? Optional.of(
            new Node(
                Integer.parseInt(matcher.group(1)),
                matcher.group(2),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }
}
