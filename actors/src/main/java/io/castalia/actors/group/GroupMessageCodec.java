package io.castalia.actors.group;

import io.castalia.actors.group.GroupCommand.Ask;
import io.castalia.actors.message.UnionCodec;
import io.castalia.api.internal.WireRefs;
import org.apache.kafka.common.protocol.Errors;

/** All messages of groups. A kind is never used for another thing. */
final class GroupMessageCodec {
  /** What slots kept when each group had a log of its own: which groups there are. */
  private static final int[] LOGS_OF_GROUPS = {20, 21, 22};

  private static final String NO_LOGS_OF_GROUPS =
      "the groups of this store are each in a log of its own, as an earlier build has written them;"
          + " this one keeps them in the logs of their slots and cannot read them: run the build"
          + " that wrote them, or set castalia.persistence.cassandra.keyspace to another one";

  private GroupMessageCodec() {}

  static UnionCodec<GroupMessage> of(WireRefs refs) {
    UnionCodec<GroupMessage> codec = new UnionCodec<>();
    addAsks(codec, refs);
    addPersistent(codec);
    return codec;
  }

  private static void addAsks(UnionCodec<GroupMessage> codec, WireRefs refs) {
    codec
        .on(
            1,
            Ask.class,
            (out, ask) -> {
              GroupRequestCodec.CODEC.write(out, ask.request());
              refs.write(out, ask.replyTo());
            },
            in -> new Ask(GroupRequestCodec.CODEC.read(in), refs.read(in)))
        .on(
            2,
            Answered.Answer.class,
            (out, answer) -> GroupReplyCodec.CODEC.write(out, answer.reply()),
            in -> new Answered.Answer(GroupReplyCodec.CODEC.read(in)))
        .on(
            3,
            Answered.Held.class,
            (out, held) -> refs.write(out, held.coordinator()),
            in -> new Answered.Held(refs.read(in)))
        .on(4, Answered.Lost.class, (out, lost) -> {}, in -> new Answered.Lost())
        .on(
            5,
            SlotCommand.List.class,
            (out, list) -> {
              GroupFields.writeQuery(out, list.query());
              refs.write(out, list.replyTo());
            },
            in -> new SlotCommand.List(GroupFields.readQuery(in), refs.read(in)))
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
        .on(23, SlotEvent.class, (out, event) -> event.write(out), SlotEvent::read)
        .on(24, SlotState.class, (out, state) -> state.write(out), SlotState::read);
    for (int kind : LOGS_OF_GROUPS) {
      codec.retired(kind, NO_LOGS_OF_GROUPS);
    }
  }
}
