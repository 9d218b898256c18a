package io.castalia.actors.group;

import io.castalia.actors.group.GroupDescription.MemberDescription;
import io.castalia.actors.group.GroupReply.Code;
import io.castalia.actors.group.JoinReply.JoinedMember;
import io.castalia.actors.group.LeaveReply.MemberLeft;
import io.castalia.actors.group.OffsetsReply.Committed;
import io.castalia.actors.message.UnionCodec;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import org.apache.kafka.common.protocol.Errors;

/** Writes replies as a kind, one byte, and their fields. */
final class GroupReplyCodec {
  static final UnionCodec<GroupReply> CODEC =
      new UnionCodec<GroupReply>()
          .on(1, JoinReply.class, GroupReplyCodec::write, GroupReplyCodec::readJoin)
          .on(
              2,
              SyncReply.class,
              (out, sync) -> {
                writeError(out, sync.error());
                out.optional(sync.protocolType(), WireOutput::string);
                out.optional(sync.protocol(), WireOutput::string);
                out.bytes(sync.assignment());
              },
              in ->
                  new SyncReply(
                      readError(in),
                      in.optional(WireInput::string),
                      in.optional(WireInput::string),
                      in.presentBytes()))
          .on(
              3,
              LeaveReply.class,
              (out, leave) -> {
                writeError(out, leave.error());
                out.list(leave.members(), GroupReplyCodec::writeLeft);
              },
              in -> new LeaveReply(readError(in), in.list(GroupReplyCodec::readLeft)))
          .on(
              4,
              CommitReply.class,
              (out, commit) ->
                  GroupFields.writeByPartition(
                      out, commit.partitions(), GroupReplyCodec::writeError),
              in -> new CommitReply(GroupFields.readByPartition(in, GroupReplyCodec::readError)))
          .on(
              5,
              OffsetsReply.class,
              (out, offsets) -> {
                writeError(out, offsets.error());
                GroupFields.writeByPartition(
                    out, offsets.offsets(), GroupReplyCodec::writeCommitted);
              },
              in ->
                  new OffsetsReply(
                      readError(in),
                      GroupFields.readByPartition(in, GroupReplyCodec::readCommitted)))
          .on(
              6,
              DeleteOffsetsReply.class,
              (out, deleted) -> {
                writeError(out, deleted.error());
                GroupFields.writeByPartition(
                    out, deleted.partitions(), GroupReplyCodec::writeError);
              },
              in ->
                  new DeleteOffsetsReply(
                      readError(in), GroupFields.readByPartition(in, GroupReplyCodec::readError)))
          .on(7, GroupDescription.class, GroupReplyCodec::write, GroupReplyCodec::readDescription)
          .on(
              8,
              Code.class,
              (out, code) -> writeError(out, code.error()),
              in -> new Code(readError(in)))
          .on(
              9,
              ConsumerHeartbeatReply.class,
              ConsumerCodec::write,
              ConsumerCodec::readHeartbeatReply)
          .on(
              10,
              ConsumerGroupDescription.class,
              ConsumerCodec::write,
              ConsumerCodec::readDescription);

  private GroupReplyCodec() {}

  private static void writeError(WireOutput out, Errors error) {
    out.int16(error.code());
  }

  private static Errors readError(WireInput in) {
    return Errors.forCode(in.int16());
  }

  private static void write(WireOutput out, JoinReply join) {
    writeError(out, join.error());
    out.string(join.memberId());
    out.int32(join.generation());
    out.optional(join.protocolType(), WireOutput::string);
    out.optional(join.protocol(), WireOutput::string);
    out.string(join.leader());
    out.bool(join.skipAssignment());
    out.list(
        join.members(),
        (to, member) -> {
          GroupFields.writeIdentity(to, member.member());
          to.bytes(member.metadata());
        });
  }

  private static JoinReply readJoin(WireInput in) {
    return new JoinReply(
        readError(in),
        in.string(),
        in.int32(),
        in.optional(WireInput::string),
        in.optional(WireInput::string),
        in.string(),
        in.bool(),
        in.list(from -> new JoinedMember(GroupFields.readIdentity(from), from.presentBytes())));
  }

  private static void writeLeft(WireOutput out, MemberLeft left) {
    GroupFields.writeIdentity(out, left.member());
    writeError(out, left.error());
  }

  private static MemberLeft readLeft(WireInput in) {
    return new MemberLeft(GroupFields.readIdentity(in), readError(in));
  }

  private static void writeCommitted(WireOutput out, Committed committed) {
    writeError(out, committed.error());
    out.int64(committed.offset());
    out.int32(committed.leaderEpoch().orElse(-1));
    out.string(committed.metadata());
  }

  private static Committed readCommitted(WireInput in) {
    return new Committed(
        readError(in), in.int64(), GroupRequestCodec.epoch(in.int32()), in.string());
  }

  private static void write(WireOutput out, GroupDescription description) {
    writeError(out, description.error());
    out.string(description.groupId());
    out.string(description.state());
    out.string(description.protocolType());
    out.string(description.protocol());
    out.list(
        description.members(),
        (to, member) -> {
          GroupFields.writeIdentity(to, member.member());
          GroupFields.writeClient(to, member.client());
          to.bytes(member.metadata());
          to.bytes(member.assignment());
        });
  }

  private static GroupDescription readDescription(WireInput in) {
    return new GroupDescription(
        readError(in),
        in.string(),
        in.string(),
        in.string(),
        in.string(),
        in.list(
            from ->
                new MemberDescription(
                    GroupFields.readIdentity(from),
                    GroupFields.readClient(from),
                    from.presentBytes(),
                    from.presentBytes())));
  }
}
