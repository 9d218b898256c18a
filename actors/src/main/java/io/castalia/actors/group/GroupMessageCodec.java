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
        .on(
            14,
            GroupRecord.class,
            (out, record) -> {
              out.bool(record.exists());
              RecordFields.writeGeneration(out, record.generation());
              RecordFields.writeOffsets(out, record.offsets().toMap());
            },
            in ->
                new GroupRecord(
                    in.bool(),
                    RecordFields.readGeneration(in),
                    Offsets.of(RecordFields.readOffsets(in))))
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
}
