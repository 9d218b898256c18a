package io.castalia.actors.group;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;

/**
 * The answer to a request to join.
 *
 * @param error {@link Errors#NONE}, or why the member did not join
 * @param memberId the id to use from now on; also with MEMBER_ID_REQUIRED
 * @param generation of the group, or -1
 * @param protocolType what the group does; nothing when the member did not join
 * @param protocol the protocol chosen; nothing when the member did not join
 * @param leader the member id of the leader, or empty
 * @param skipAssignment the leader must not assign: the assignment is known
 * @param members for the leader, all members; for others, none
 */
public record JoinReply(
    Errors error,
    String memberId,
    int generation,
    Optional<String> protocolType,
    Optional<String> protocol,
    String leader,
    boolean skipAssignment,
    List<JoinedMember> members)
    implements GroupReply {
  private static final int NO_GENERATION = -1;

  public JoinReply {
    members = List.copyOf(members);
  }

  /** A member as its leader sees it. */
  public record JoinedMember(MemberIdentity member, ByteString metadata) {}

  public static JoinReply refused(Errors error, String memberId) {
    return new JoinReply(
        error, memberId, NO_GENERATION, Optional.empty(), Optional.empty(), "", false, List.of());
  }
}
