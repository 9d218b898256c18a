package io.castalia.api.group;

import java.util.Optional;

/**
 * Who speaks to a group.
 *
 * @param memberId made by the member itself, the same for as long as it runs; empty for who is no
 *     member
 * @param instanceId the {@code group.instance.id} of a static member, which keeps its partitions
 *     when it comes back within its session
 * @param clientId what people know the service by
 * @param host where it runs: the address of its actor system, for example {@code "/10.0.0.7:7001"}.
 *     When the member of the cluster at this address is gone, so is the member of the group
 */
public record MemberIdentity(
    String memberId, Optional<String> instanceId, String clientId, String host) {

  /** Who commits for a group that has no members. */
  public static MemberIdentity none(String clientId) {
    return new MemberIdentity("", Optional.empty(), clientId, "");
  }
}
