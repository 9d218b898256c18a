package io.castalia.actors.group;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which protocol a group uses: one that all members offer, and that most of them prefer. */
final class ProtocolVote {
  private ProtocolVote() {}

  /** The protocol with most votes, the first by name among equals; empty without members. */
  static String choose(Collection<Member> members) {
    Set<String> candidates = common(members);
    Map<String, Integer> votes = new TreeMap<>();
    members.stream()
        .flatMap(member -> names(member.protocols()).stream().filter(candidates::contains).limit(1))
        .forEach(name -> votes.merge(name, 1, Integer::sum));
    String chosen = "";
    int most = 0;
    for (Map.Entry<String, Integer> vote : votes.entrySet()) {
      if (vote.getValue() > most) {
        chosen = vote.getKey();
        most = vote.getValue();
      }
    }
    return chosen;
  }

  /** Whether a member can be in a group: one that does the same and has a way in common. */
  static boolean fits(Roster roster, JoinRequest request) {
    if (request.protocolType().isEmpty() || request.protocols().isEmpty()) {
      return false;
    }
    if (roster.isEmpty()) {
      return true;
    }
    Set<String> candidates = common(roster.records());
    return roster.protocolType().equals(request.protocolType())
        && names(request.protocols()).stream().anyMatch(candidates::contains);
  }

  private static Set<String> common(Collection<Member> members) {
    Set<String> common = new HashSet<>();
    boolean first = true;
    for (Member member : members) {
      if (first) {
        common.addAll(names(member.protocols()));
      } else {
        common.retainAll(names(member.protocols()));
      }
      first = false;
    }
    return common;
  }

  private static List<String> names(List<GroupProtocol> protocols) {
    return protocols.stream().map(GroupProtocol::name).toList();
  }
}
