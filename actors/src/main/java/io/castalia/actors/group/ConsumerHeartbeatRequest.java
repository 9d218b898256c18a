package io.castalia.actors.group;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/**
 * A member of the consumer protocol joins, says that it is alive, or leaves.
 *
 * @param member the id that the member gave itself; the coordinator gives one to who joins without
 * @param memberEpoch as last answered; {@link #JOIN}, {@link #LEAVE} or {@link #LEAVE_FOR_A_WHILE}
 * @param subscription what is new since the last request
 * @param owned the partitions that the member has, if that has changed; none when it joins
 */
public record ConsumerHeartbeatRequest(
    String groupId,
    MemberIdentity member,
    int memberEpoch,
    ClientAddress client,
    ConsumerSubscription subscription,
    Optional<Map<Uuid, Set<Integer>>> owned)
    implements GroupRequest {
  /** Joins, or joins again having let go of everything. */
  public static final int JOIN = 0;

  /** Leaves. */
  public static final int LEAVE = -1;

  /** A static member leaves and is expected back within its session. */
  public static final int LEAVE_FOR_A_WHILE = -2;

  public ConsumerHeartbeatRequest {
    owned = owned.map(Assignment::new).map(Assignment::partitions);
  }

  boolean joins() {
    return memberEpoch == JOIN;
  }

  boolean leaves() {
    return memberEpoch < JOIN;
  }

  Optional<Assignment> ownedPartitions() {
    return owned.map(Assignment::new);
  }
}
