package io.castalia.actors.group;

import io.castalia.actors.group.GroupEvent.ConsumerChanged;
import io.castalia.actors.group.GroupEvent.ConsumerMoved;
import io.castalia.actors.group.GroupEvent.ConsumerRemoved;
import io.castalia.actors.group.GroupEvent.EpochBegun;
import io.castalia.actors.group.GroupEvent.TargetAssigned;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of a group that uses the consumer protocol. Immutable.
 *
 * @param members by member id, in the order in which they came
 * @param owners follows from the members
 * @param since when the last member went, in milliseconds since the epoch
 */
record ConsumerMembership(
    GroupEpoch epoch,
    TargetAssignment target,
    Map<String, ConsumerMember> members,
    PartitionOwners owners,
    long since)
    implements Membership {

  ConsumerMembership {
    members = Collections.unmodifiableMap(members);
  }

  static ConsumerMembership of(
      GroupEpoch epoch, TargetAssignment target, Collection<ConsumerMember> members, long since) {
    Map<String, ConsumerMember> byId = new LinkedHashMap<>();
    members.forEach(member -> byId.put(member.id(), member));
    return new ConsumerMembership(epoch, target, byId, PartitionOwners.of(members), since);
  }

  /** Nobody, and an epoch to count from. */
  static ConsumerMembership empty(int epoch, long since) {
    return of(
        new GroupEpoch(epoch, SubscribedTopics.NO_TOPICS),
        new TargetAssignment(epoch, Map.of()),
        List.of(),
        since);
  }

  Collection<ConsumerMember> all() {
    return members.values();
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  int size() {
    return members.size();
  }

  Optional<ConsumerMember> find(String memberId) {
    return Optional.ofNullable(members.get(memberId));
  }

  Optional<ConsumerMember> findStatic(String instanceId) {
    return members.values().stream()
        .filter(each -> each.identity().instanceId().equals(Optional.of(instanceId)))
        .findFirst();
  }

  ConsumerMembership after(EpochBegun event) {
    return new ConsumerMembership(event.epoch(), target, members, owners, since);
  }

  ConsumerMembership after(TargetAssigned event) {
    return new ConsumerMembership(
        epoch, target.with(event.epoch(), event.changed()), members, owners, since);
  }

  ConsumerMembership after(ConsumerChanged event) {
    return with(event.member());
  }

  ConsumerMembership after(ConsumerMoved event) {
    return find(event.memberId()).map(each -> with(each.with(event.standing()))).orElse(this);
  }

  ConsumerMembership after(ConsumerRemoved event) {
    ConsumerMember gone = members.get(event.memberId());
    if (gone == null) {
      return this;
    }
    Map<String, ConsumerMember> left = new LinkedHashMap<>(members);
    left.remove(gone.id());
    return new ConsumerMembership(
        epoch,
        target.without(gone.id()),
        left,
        owners.without(gone.id(), gone.standing()),
        left.isEmpty() ? event.at() : since);
  }

  private ConsumerMembership with(ConsumerMember member) {
    PartitionOwners released =
        find(member.id())
            .map(before -> owners.without(before.id(), before.standing()))
            .orElse(owners);
    Map<String, ConsumerMember> next = new LinkedHashMap<>(members);
    next.put(member.id(), member);
    return new ConsumerMembership(
        epoch, target, next, released.with(member.id(), member.standing()), since);
  }
}
