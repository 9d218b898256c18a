package io.castalia.node;

import java.util.Optional;

/** Where a node stands, as a role of its cluster member. */
final class MemberRack {
  private static final String PREFIX = "rack=";

  private MemberRack() {}

  static String role(String rack) {
    return PREFIX + rack;
  }

  /** What the role says, or empty if it is another kind of role. */
  static Optional<String> parse(String role) {
    return role.startsWith(PREFIX)
        ? Optional.of(role.substring(PREFIX.length()))
        : Optional.empty();
  }
}
