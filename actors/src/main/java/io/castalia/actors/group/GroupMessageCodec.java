package io.castalia.actors.group;

import io.castalia.actors.group.GroupCommand.Ask;
import io.castalia.actors.message.UnionCodec;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorRefResolver;

/** All messages of groups. A kind is never used for another thing. */
final class GroupMessageCodec {
  private GroupMessageCodec() {}

  static UnionCodec<GroupMessage> of(ActorRefResolver refs) {
    UnionCodec<GroupMessage> codec = new UnionCodec<>();
    addAsks(codec, refs);
    addPersistent(codec);
    addConsumers(codec);
    return codec;
  }

  private static void addAsks(UnionCodec<GroupMessage> codec, ActorRefResolver refs) {
    codec
        .on(
            1,
            Ask.class,
            (out, ask) -> {
              GroupRequestCodec.CODEC.write(out, ask.request());
              out.string(refs.toSerializationFormat(ask.replyTo()));
            },
            in -> new Ask(GroupRequestCodec.CODEC.read(in), refs.resolveActorRef(in.string())))
        .on(
            2,
            Answered.Answer.class,
            (out, answer) -> GroupReplyCodec.CODEC.write(out, answer.reply()),
            in -> new Answered.Answer(GroupReplyCodec.CODEC.read(in)))
        .on(
            3,
            Answered.Held.class,
            (out, held) -> out.string(refs.toSerializationFormat(held.coordinator())),
            in -> new Answered.Held(refs.resolveActorRef(in.string())))
        .on(4, Answered.Lost.class, (out, lost) -> {}, in -> new Answered.Lost())
        .on(
            5,
            SlotCommand.List.class,
            (out, list) -> {
              GroupFields.writeQuery(out, list.query());
              out.string(refs.toSerializationFormat(list.replyTo()));
            },
            in ->
                new SlotCommand.List(GroupFields.readQuery(in), refs.resolveActorRef(in.string())))
        .on(
            6,
            SlotReply.class,
            (out, reply) -> {
              out.int16(reply.error().code());
              out.list(reply.groups(), GroupFields::writeListing);
            },
            in -> new SlotReply(Errors.forCode(in.int16()), in.list(GroupFields::readListing)));
  }

  private static void addPersistent(UnionCodec<GroupMessage> codec) {
    codec
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
            in -> new GroupEvent.GroupRemoved())
        .on(14, GroupRecord.class, RecordFields::writeRecord, RecordFields::readRecord)
        .on(
            20,
            SlotEvent.GroupMarked.class,
            (out, event) -> {
              out.string(event.groupId());
              RecordFields.writeMark(out, event.mark());
            },
            in -> new SlotEvent.GroupMarked(in.string(), RecordFields.readMark(in)))
        .on(
            21,
            SlotEvent.GroupForgotten.class,
            (out, event) -> out.string(event.groupId()),
            in -> new SlotEvent.GroupForgotten(in.string()))
        .on(22, SlotState.class, RecordFields::writeSlot, RecordFields::readSlot);
  }

  private static void addConsumers(UnionCodec<GroupMessage> codec) {
    codec
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
