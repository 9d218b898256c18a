package io.castalia.actors.group;

import java.util.List;
import org.apache.kafka.common.protocol.Errors;

/**
 * The answer to members who leave.
 *
 * @param error about the group as a whole; then there are no members
 * @param members one for each member of the request, in its order
 */
public record LeaveReply(Errors error, List<MemberLeft> members) implements GroupReply {
  public LeaveReply {
    members = List.copyOf(members);
  }

  /** What came of one member's leaving. */
  public record MemberLeft(MemberIdentity member, Errors error) {}

  public static LeaveReply refused(Errors error) {
    return new LeaveReply(error, List.of());
  }
}
