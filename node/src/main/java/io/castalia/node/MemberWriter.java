package io.castalia.node;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id under which a node's journal begins to write, as a role of its cluster member. A node that
 * has begun again under another id does not tell it: what others know it by is over.
 */
final class MemberWriter {
  private static final Pattern ROLE =
      Pattern.compile("writer=(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})");

  private MemberWriter() {}

  static String role(UUID writer) {
    return "writer=" + writer;
  }

  /** What the role says, or empty if it is another kind of role. */
  static Optional<UUID> parse(String role) {
    Matcher matcher = ROLE.matcher(role);
    return matcher.matches() ? Optional.of(UUID.fromString(matcher.group(1))) : Optional.empty();
  }
}
