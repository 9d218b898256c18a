package io.castalia.actors.group;

import java.time.Duration;
import java.util.List;

/**
 * A request to join.
 *
 * @param sessionTimeout how long the member may be silent
 * @param rebalanceTimeout how long the group waits for the member to join again; the session
 *     timeout where the client did not say
 * @param protocolType what the group does, for example {@code "consumer"}, {@code "connect"}
 * @param protocols in the order of the member's preference
 * @param options what the client understands, and why it joins
 */
public record JoinRequest(
    String groupId,
    MemberIdentity member,
    ClientAddress client,
    Duration sessionTimeout,
    Duration rebalanceTimeout,
    String protocolType,
    List<GroupProtocol> protocols,
    JoinOptions options)
    implements GroupRequest {
  public JoinRequest {
    protocols = List.copyOf(protocols);
  }
}
