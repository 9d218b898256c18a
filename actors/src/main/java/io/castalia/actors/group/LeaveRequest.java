package io.castalia.actors.group;

import java.util.List;

/**
 * A request to take members out of a group: by member id, or by instance id alone.
 *
 * @param members who leaves, in the order in which they are answered
 */
public record LeaveRequest(String groupId, List<LeavingMember> members) implements GroupRequest {
  public LeaveRequest {
    members = List.copyOf(members);
  }

  /**
   * Who leaves.
   *
   * @param reason for the log; may be empty
   */
  public record LeavingMember(MemberIdentity member, String reason) {}
}
