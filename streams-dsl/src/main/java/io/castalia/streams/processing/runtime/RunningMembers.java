package io.castalia.streams.processing.runtime;

import io.castalia.api.internal.SelectedMembers;
import java.util.Set;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ShardAllocationStrategy;

/**
 * Puts tasks on members that run the application, and has them moved away from those that have
 * stopped it: a region cannot be ended and begun again in the same actor system, so it stays.
 * Before it is known who runs it, or when nobody does, nobody's tasks are woken.
 */
final class RunningMembers extends SelectedMembers {
  private volatile Set<Address> running = Set.of();

  RunningMembers(ShardAllocationStrategy among) {
    super(among);
  }

  /** These members run the application, as far as is known here. */
  void are(Set<Address> members) {
    running = Set.copyOf(members);
  }

  @Override
  protected boolean mayHaveShards(Member member) {
    return running.contains(member.address());
  }
}
