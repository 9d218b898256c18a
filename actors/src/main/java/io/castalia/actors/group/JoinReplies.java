package io.castalia.actors.group;

import io.castalia.actors.group.JoinReply.JoinedMember;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;

/** What members get to know when they have joined. */
final class JoinReplies {
  private JoinReplies() {}

  /** For a member of the generation; the leader gets to know all members. */
  static JoinReply joined(ClassicState state, String memberId) {
    Roster roster = state.roster();
    boolean leads = roster.isLeader(memberId);
    return reply(state, memberId, roster.leader(), false, leads);
  }

  /** For a leader of a stable group that need not assign again. */
  static JoinReply skipping(ClassicState state, String memberId) {
    boolean leads = state.roster().isLeader(memberId);
    return reply(state, memberId, state.roster().leader(), leads, leads);
  }

  /** For a static member that must not think that it leads, so that it does not assign. */
  static JoinReply following(ClassicState state, String memberId, String leader) {
    return reply(state, memberId, leader, false, false);
  }

  private static JoinReply reply(
      ClassicState state, String memberId, String leader, boolean skips, boolean withMembers) {
    return new JoinReply(
        Errors.NONE,
        memberId,
        state.generation(),
        Optional.of(state.roster().protocolType()),
        Optional.of(state.protocol()),
        leader,
        skips,
        withMembers ? members(state) : List.of());
  }

  private static List<JoinedMember> members(ClassicState state) {
    return state.roster().records().stream()
        .map(member -> new JoinedMember(member.identity(), member.metadata(state.protocol())))
        .toList();
  }
}
