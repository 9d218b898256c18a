package io.castalia.api.group;

import java.time.Duration;
import java.util.Optional;

/**
 * How a service is a member of a group. Immutable; each {@code with} method gives a changed copy.
 *
 * @param groupId the group
 * @param clientId what people know the service by; begins its member id
 * @param instanceId makes it a static member; different for each member of the group
 * @param subscription what it wants to read
 * @param requestTimeout how long to wait for each answer before asking again
 */
public record MemberSettings(
    String groupId,
    String clientId,
    Optional<String> instanceId,
    MemberSubscription subscription,
    Duration requestTimeout) {
  private static final String CLIENT_ID = "service";
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  public MemberSettings {
    if (groupId.isEmpty()) {
      throw new IllegalArgumentException("expected a group id, but it was empty");
    }
    if (instanceId.filter(String::isEmpty).isPresent()) {
      throw new IllegalArgumentException("expected an instance id or none, but it was empty");
    }
  }

  /** A dynamic member with the client id {@code service}, which waits 10 s for each answer. */
  public static MemberSettings create(String groupId, MemberSubscription subscription) {
    return new MemberSettings(groupId, CLIENT_ID, Optional.empty(), subscription, REQUEST_TIMEOUT);
  }

  /** What people know the service by. */
  public MemberSettings withClientId(String id) {
    return new MemberSettings(groupId, id, instanceId, subscription, requestTimeout);
  }

  /** Makes it a static member; different for each member of the group, and not empty. */
  public MemberSettings withInstanceId(String id) {
    return new MemberSettings(groupId, clientId, Optional.of(id), subscription, requestTimeout);
  }

  /** How long to wait for each answer before asking again. */
  public MemberSettings withRequestTimeout(Duration timeout) {
    return new MemberSettings(groupId, clientId, instanceId, subscription, timeout);
  }
}
