package io.castalia.actors.group;

import io.castalia.actors.group.GroupEvent.GenerationCompleted;
import io.castalia.actors.group.GroupEvent.GroupRemoved;
import io.castalia.actors.group.GroupEvent.OffsetsCommitted;
import io.castalia.actors.group.GroupEvent.OffsetsDropped;
import io.castalia.actors.message.VariantTable;

/**
 * What survives a coordinator.
 *
 * @param exists whether anything has been persisted since the group was created
 */
record GroupRecord(boolean exists, Generation generation, Offsets offsets) implements GroupMessage {
  static final GroupRecord NONE = new GroupRecord(false, Generation.NONE, Offsets.NONE);

  static final VariantTable<GroupRecord, GroupEvent, GroupRecord> EVOLVE =
      new VariantTable<GroupRecord, GroupEvent, GroupRecord>()
          .on(
              GenerationCompleted.class,
              (record, event) -> new GroupRecord(true, event.generation(), record.offsets()))
          .on(
              OffsetsCommitted.class,
              (record, event) ->
                  new GroupRecord(
                      true, record.generation(), record.offsets().with(event.offsets())))
          .on(
              OffsetsDropped.class,
              (record, event) ->
                  new GroupRecord(
                      true, record.generation(), record.offsets().without(event.partitions())))
          .on(GroupRemoved.class, (record, event) -> NONE);

  /** The record after an event; the same live and in a replay. */
  GroupRecord after(GroupEvent event) {
    return EVOLVE.apply(this, event);
  }
}
