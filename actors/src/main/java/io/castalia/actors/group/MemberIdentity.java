package io.castalia.actors.group;

import java.util.Optional;

/**
 * Who speaks to a group.
 *
 * @param memberId given by the coordinator; empty for who has none yet
 * @param instanceId the {@code group.instance.id} of a static member
 */
public record MemberIdentity(String memberId, Optional<String> instanceId) {
  /** Neither a member nor about to become one: a client that commits for a group of its own. */
  public static final MemberIdentity NONE = new MemberIdentity("", Optional.empty());

  public static MemberIdentity of(String memberId) {
    return new MemberIdentity(memberId, Optional.empty());
  }
}
