package io.castalia.actors.group;

import io.castalia.actors.group.CommitRequest.OffsetToCommit;
import io.castalia.actors.group.GroupRequest.Delete;
import io.castalia.actors.group.GroupRequest.DeleteOffsets;
import io.castalia.actors.group.GroupRequest.Describe;
import io.castalia.actors.group.GroupRequest.DescribeConsumers;
import io.castalia.actors.group.LeaveRequest.LeavingMember;
import io.castalia.actors.message.UnionCodec;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.pekko.util.ByteString;

/** Writes requests as a kind, one byte, and their fields. */
final class GroupRequestCodec {
  static final UnionCodec<GroupRequest> CODEC =
      new UnionCodec<GroupRequest>()
          .on(1, JoinRequest.class, GroupRequestCodec::write, GroupRequestCodec::readJoin)
          .on(2, SyncRequest.class, GroupRequestCodec::write, GroupRequestCodec::readSync)
          .on(
              3,
              HeartbeatRequest.class,
              (out, beat) -> {
                out.string(beat.groupId());
                GroupFields.writeIdentity(out, beat.member());
                out.int32(beat.generation());
              },
              in -> new HeartbeatRequest(in.string(), GroupFields.readIdentity(in), in.int32()))
          .on(
              4,
              LeaveRequest.class,
              (out, leave) -> {
                out.string(leave.groupId());
                out.list(leave.members(), GroupRequestCodec::writeLeaving);
              },
              in -> new LeaveRequest(in.string(), in.list(GroupRequestCodec::readLeaving)))
          .on(5, CommitRequest.class, GroupRequestCodec::write, GroupRequestCodec::readCommit)
          .on(
              6,
              OffsetsQuery.class,
              (out, query) -> {
                out.string(query.groupId());
                out.optional(query.partitions(), GroupFields::writePartitions);
                out.bool(query.requireStable());
                out.optional(
                    query.claim(),
                    (to, claim) -> {
                      to.string(claim.memberId());
                      to.int32(claim.epoch());
                    });
              },
              in ->
                  new OffsetsQuery(
                      in.string(),
                      in.optional(GroupFields::readPartitions),
                      in.bool(),
                      in.optional(from -> new MemberClaim(from.string(), from.int32()))))
          .on(
              7,
              DeleteOffsets.class,
              (out, delete) -> {
                out.string(delete.groupId());
                GroupFields.writePartitions(out, delete.partitions());
              },
              in -> new DeleteOffsets(in.string(), GroupFields.readPartitions(in)))
          .on(
              8,
              Describe.class,
              (out, describe) -> out.string(describe.groupId()),
              in -> new Describe(in.string()))
          .on(
              9,
              Delete.class,
              (out, delete) -> out.string(delete.groupId()),
              in -> new Delete(in.string()))
          .on(
              10,
              ConsumerHeartbeatRequest.class,
              ConsumerCodec::write,
              ConsumerCodec::readHeartbeat)
          .on(
              11,
              DescribeConsumers.class,
              (out, describe) -> out.string(describe.groupId()),
              in -> new DescribeConsumers(in.string()));

  private GroupRequestCodec() {}

  private static void write(WireOutput out, JoinRequest join) {
    out.string(join.groupId());
    GroupFields.writeIdentity(out, join.member());
    GroupFields.writeClient(out, join.client());
    out.int64(join.sessionTimeout().toMillis());
    out.int64(join.rebalanceTimeout().toMillis());
    out.string(join.protocolType());
    out.list(join.protocols(), GroupFields::writeProtocol);
    out.bool(join.options().requireMemberId());
    out.bool(join.options().maySkipAssignment());
    out.string(join.options().reason());
  }

  private static JoinRequest readJoin(WireInput in) {
    return new JoinRequest(
        in.string(),
        GroupFields.readIdentity(in),
        GroupFields.readClient(in),
        Duration.ofMillis(in.int64()),
        Duration.ofMillis(in.int64()),
        in.string(),
        in.list(GroupFields::readProtocol),
        new JoinOptions(in.bool(), in.bool(), in.string()));
  }

  private static void write(WireOutput out, SyncRequest sync) {
    out.string(sync.groupId());
    GroupFields.writeIdentity(out, sync.member());
    out.int32(sync.generation());
    out.optional(sync.protocolType(), WireOutput::string);
    out.optional(sync.protocol(), WireOutput::string);
    out.list(
        new TreeMap<>(sync.assignments()).entrySet(),
        (to, assignment) -> {
          to.string(assignment.getKey());
          to.bytes(assignment.getValue());
        });
  }

  private static SyncRequest readSync(WireInput in) {
    return new SyncRequest(
        in.string(),
        GroupFields.readIdentity(in),
        in.int32(),
        in.optional(WireInput::string),
        in.optional(WireInput::string),
        readAssignments(in));
  }

  private static Map<String, ByteString> readAssignments(WireInput in) {
    Map<String, ByteString> assignments = new HashMap<>();
    for (int left = in.int32(); left > 0; left--) {
      assignments.put(in.string(), in.presentBytes());
    }
    return assignments;
  }

  private static void writeLeaving(WireOutput out, LeavingMember leaving) {
    GroupFields.writeIdentity(out, leaving.member());
    out.string(leaving.reason());
  }

  private static LeavingMember readLeaving(WireInput in) {
    return new LeavingMember(GroupFields.readIdentity(in), in.string());
  }

  private static void write(WireOutput out, CommitRequest commit) {
    out.string(commit.groupId());
    GroupFields.writeIdentity(out, commit.member());
    out.int32(commit.generation());
    out.optional(commit.retention(), (to, retention) -> to.int64(retention.toMillis()));
    GroupFields.writeByPartition(
        out,
        commit.offsets(),
        (to, offset) -> {
          to.int64(offset.offset());
          to.int32(offset.leaderEpoch().orElse(-1));
          to.string(offset.metadata());
        });
  }

  private static CommitRequest readCommit(WireInput in) {
    return new CommitRequest(
        in.string(),
        GroupFields.readIdentity(in),
        in.int32(),
        in.optional(from -> Duration.ofMillis(from.int64())),
        GroupFields.readByPartition(in, GroupRequestCodec::readOffset));
  }

  private static OffsetToCommit readOffset(WireInput in) {
    return new OffsetToCommit(in.int64(), epoch(in.int32()), in.string());
  }

  static OptionalInt epoch(int number) {
    return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
