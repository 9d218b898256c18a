package io.castalia.actors.group;

import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * A request for a member's assignment.
 *
 * @param protocolType what the member believes the group does, if it says (from version 5)
 * @param protocol what the member believes was chosen, if it says (from version 5)
 * @param assignments from the leader: by member id, opaque; none from others
 */
public record SyncRequest(
    String groupId,
    MemberIdentity member,
    int generation,
    Optional<String> protocolType,
    Optional<String> protocol,
    Map<String, ByteString> assignments)
    implements GroupRequest {
  public SyncRequest {
    assignments = Map.copyOf(assignments);
  }
}
