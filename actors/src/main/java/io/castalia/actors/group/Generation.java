package io.castalia.actors.group;

import java.util.List;

/**
 * A generation that has got its assignment; or, without members, that has lost its last one.
 *
 * @param number grows with every rebalance
 * @param protocolType what the group does; empty while nobody has joined
 * @param protocol the protocol chosen; empty without members
 * @param leader the member id of the leader; empty without members
 * @param since when it began, in milliseconds since the epoch
 */
record Generation(
    int number,
    String protocolType,
    String protocol,
    String leader,
    List<Member> members,
    long since)
    implements Membership {
  static final Generation NONE = new Generation(0, "", "", "", List.of(), 0);

  Generation {
    members = List.copyOf(members);
  }
}
