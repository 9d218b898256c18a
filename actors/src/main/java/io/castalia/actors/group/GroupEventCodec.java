package io.castalia.actors.group;

import io.castalia.actors.message.UnionCodec;

/** The events of groups, as fields. A kind is never used for another thing. */
final class GroupEventCodec {
  static final UnionCodec<GroupEvent> CODEC = new UnionCodec<>();

  static {
    addCommon();
    addConsumers();
  }

  private GroupEventCodec() {}

  private static void addCommon() {
    CODEC
        .on(
            10,
            GroupEvent.GenerationCompleted.class,
            (out, event) -> RecordFields.writeGeneration(out, event.generation()),
            in -> new GroupEvent.GenerationCompleted(RecordFields.readGeneration(in)))
        .on(
            11,
            GroupEvent.OffsetsCommitted.class,
            (out, event) -> RecordFields.writeOffsets(out, event.offsets()),
            in -> new GroupEvent.OffsetsCommitted(RecordFields.readOffsets(in)))
        .on(
            12,
            GroupEvent.OffsetsDropped.class,
            (out, event) -> GroupFields.writePartitions(out, event.partitions()),
            in -> new GroupEvent.OffsetsDropped(GroupFields.readPartitions(in)))
        .on(
            13,
            GroupEvent.GroupRemoved.class,
            (out, event) -> {},
            in -> new GroupEvent.GroupRemoved());
  }

  private static void addConsumers() {
    CODEC
        .on(
            30,
            GroupEvent.ConsumersFormed.class,
            (out, event) -> ConsumerFields.writeMembership(out, event.membership()),
            in -> new GroupEvent.ConsumersFormed(ConsumerFields.readMembership(in)))
        .on(
            31,
            GroupEvent.ConsumerChanged.class,
            (out, event) -> ConsumerFields.writeMember(out, event.member()),
            in -> new GroupEvent.ConsumerChanged(ConsumerFields.readMember(in)))
        .on(
            32,
            GroupEvent.ConsumerMoved.class,
            (out, event) -> {
              out.string(event.memberId());
              ConsumerFields.writeStanding(out, event.standing());
            },
            in -> new GroupEvent.ConsumerMoved(in.string(), ConsumerFields.readStanding(in)))
        .on(
            33,
            GroupEvent.ConsumerRemoved.class,
            (out, event) -> {
              out.string(event.memberId());
              out.int64(event.at());
            },
            in -> new GroupEvent.ConsumerRemoved(in.string(), in.int64()))
        .on(
            34,
            GroupEvent.EpochBegun.class,
            (out, event) -> ConsumerFields.writeEpoch(out, event.epoch()),
            in -> new GroupEvent.EpochBegun(ConsumerFields.readEpoch(in)))
        .on(
            35,
            GroupEvent.TargetAssigned.class,
            (out, event) -> ConsumerFields.writeTarget(out, event.epoch(), event.changed()),
            in -> new GroupEvent.TargetAssigned(in.int32(), ConsumerFields.readAssignments(in)));
  }
}
