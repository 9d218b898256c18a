package io.castalia.actors.group;

import java.util.List;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;

/**
 * A group as it is now.
 *
 * @param error {@link Errors#NONE} or why there is nothing to see
 * @param state Kafka's name of it, for example {@code "Stable"}
 * @param protocolType what the group does; empty if that is not known
 * @param protocol the protocol chosen; empty unless the group is stable
 */
public record GroupDescription(
    Errors error,
    String groupId,
    String state,
    String protocolType,
    String protocol,
    List<MemberDescription> members)
    implements GroupReply {
  public GroupDescription {
    members = List.copyOf(members);
  }

  /**
   * A member.
   *
   * @param metadata for the protocol chosen; opaque, empty unless the group is stable
   * @param assignment opaque, empty unless the group is stable
   */
  public record MemberDescription(
      MemberIdentity member, ClientAddress client, ByteString metadata, ByteString assignment) {}

  public static GroupDescription refused(String groupId, Errors error) {
    return new GroupDescription(error, groupId, "Dead", "", "", List.of());
  }
}
