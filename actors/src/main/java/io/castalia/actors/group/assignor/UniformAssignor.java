package io.castalia.actors.group.assignor;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/**
 * As many partitions for each member as for any other, as far as what they want allows, and no
 * partition taken from a member without need.
 */
final class UniformAssignor implements PartitionAssignor {
  @Override
  public String name() {
    return "uniform";
  }

  @Override
  public Map<String, Map<Uuid, Set<Integer>>> assign(GroupSpec group) {
    UniformShares shares = new UniformShares(group);
    shares.keepWhatMembersHave();
    shares.giveWhatNobodyHas();
    shares.balance();
    return shares.toAssignment();
  }
}
