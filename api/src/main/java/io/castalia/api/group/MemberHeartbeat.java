package io.castalia.api.group;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicIdPartition;

/**
 * A member joins, says that it is alive and what it has, or leaves.
 *
 * @param epoch as last answered; {@link #JOIN}, {@link #LEAVE} or {@link #LEAVE_FOR_A_WHILE}
 * @param subscription what it wants; nothing if that is as before
 * @param owned what it has; nothing if that is as before
 */
public record MemberHeartbeat(
    String groupId,
    MemberIdentity member,
    int epoch,
    Optional<MemberSubscription> subscription,
    Optional<Set<TopicIdPartition>> owned) {
  /** Joins, or joins again having let go of everything. */
  public static final int JOIN = 0;

  /** Leaves. */
  public static final int LEAVE = -1;

  /** A static member leaves and is expected back within its session. */
  public static final int LEAVE_FOR_A_WHILE = -2;

  public MemberHeartbeat {
    owned = owned.map(Set::copyOf);
  }
}
