package io.castalia.actors.group;

import io.castalia.actors.group.GroupEvent.ConsumerChanged;
import io.castalia.actors.group.GroupEvent.ConsumerMoved;
import io.castalia.actors.group.GroupEvent.ConsumerRemoved;
import io.castalia.actors.group.GroupEvent.ConsumersFormed;
import io.castalia.actors.group.GroupEvent.EpochBegun;
import io.castalia.actors.group.GroupEvent.GenerationCompleted;
import io.castalia.actors.group.GroupEvent.GroupRemoved;
import io.castalia.actors.group.GroupEvent.OffsetsCommitted;
import io.castalia.actors.group.GroupEvent.OffsetsDropped;
import io.castalia.actors.group.GroupEvent.TargetAssigned;
import io.castalia.actors.message.VariantTable;

/**
 * What survives a coordinator.
 *
 * @param exists whether anything has been persisted since the group was created
 */
record GroupRecord(boolean exists, Membership membership, Offsets offsets) {
  static final GroupRecord NONE = new GroupRecord(false, Generation.NONE, Offsets.NONE);

  static final VariantTable<GroupRecord, GroupEvent, GroupRecord> EVOLVE =
      new VariantTable<GroupRecord, GroupEvent, GroupRecord>()
          .on(GenerationCompleted.class, (record, event) -> record.with(event.generation()))
          .on(ConsumersFormed.class, (record, event) -> record.with(event.membership()))
          .on(
              ConsumerChanged.class,
              (record, event) -> record.with(record.consumers().after(event)))
          .on(ConsumerMoved.class, (record, event) -> record.with(record.consumers().after(event)))
          .on(
              ConsumerRemoved.class,
              (record, event) -> record.with(record.consumers().after(event)))
          .on(EpochBegun.class, (record, event) -> record.with(record.consumers().after(event)))
          .on(TargetAssigned.class, (record, event) -> record.with(record.consumers().after(event)))
          .on(
              OffsetsCommitted.class,
              (record, event) -> record.with(record.offsets().with(event.offsets())))
          .on(
              OffsetsDropped.class,
              (record, event) -> record.with(record.offsets().without(event.partitions())))
          .on(GroupRemoved.class, (record, event) -> NONE);

  /** The record after an event; the same live and in a replay. */
  GroupRecord after(GroupEvent event) {
    return EVOLVE.apply(this, event);
  }

  /** The members, where the group uses the classic protocol. */
  Generation generation() {
    if (membership instanceof Generation generation) {
      return generation;
    }
    throw new IllegalStateException("expected a group of the classic protocol");
  }

  /** The members, where the group uses the consumer protocol. */
  ConsumerMembership consumers() {
    if (membership instanceof ConsumerMembership consumers) {
      return consumers;
    }
    throw new IllegalStateException("expected a group of the consumer protocol");
  }

  private GroupRecord with(Membership changed) {
    return new GroupRecord(true, changed, offsets);
  }

  private GroupRecord with(Offsets changed) {
    return new GroupRecord(true, membership, changed);
  }
}
