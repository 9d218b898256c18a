package io.castalia.actors.group;

import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What is persisted of groups, as fields. */
final class RecordFields {
  /** A byte that says yes or no, and beside that whether consumers are meant. */
  private static final int YES = 1;

  private static final int CONSUMERS = 2;

  private RecordFields() {}

  static void writeRecord(WireOutput out, GroupRecord record) {
    int exists = record.exists() ? YES : 0;
    if (record.membership() instanceof ConsumerMembership consumers) {
      out.int8(exists | CONSUMERS);
      ConsumerFields.writeMembership(out, consumers);
    } else {
      out.int8(exists);
      writeGeneration(out, record.generation());
    }
    writeOffsets(out, record.offsets().toMap());
  }

  static GroupRecord readRecord(WireInput in) {
    int flags = in.int8();
    Membership membership =
        (flags & CONSUMERS) == 0 ? readGeneration(in) : ConsumerFields.readMembership(in);
    return new GroupRecord((flags & YES) != 0, membership, Offsets.of(readOffsets(in)));
  }

  static void writeGeneration(WireOutput out, Generation generation) {
    out.int32(generation.number());
    out.string(generation.protocolType());
    out.string(generation.protocol());
    out.string(generation.leader());
    out.list(generation.members(), RecordFields::writeMember);
    out.int64(generation.since());
  }

  static Generation readGeneration(WireInput in) {
    return new Generation(
        in.int32(),
        in.string(),
        in.string(),
        in.string(),
        in.list(RecordFields::readMember),
        in.int64());
  }

  private static void writeMember(WireOutput out, Member member) {
    GroupFields.writeIdentity(out, member.identity());
    GroupFields.writeClient(out, member.client());
    out.int64(member.sessionTimeout().toMillis());
    out.int64(member.rebalanceTimeout().toMillis());
    out.list(member.protocols(), GroupFields::writeProtocol);
    out.bytes(member.assignment());
  }

  private static Member readMember(WireInput in) {
    return new Member(
        GroupFields.readIdentity(in),
        GroupFields.readClient(in),
        Duration.ofMillis(in.int64()),
        Duration.ofMillis(in.int64()),
        in.list(GroupFields::readProtocol),
        in.presentBytes());
  }

  static void writeOffsets(WireOutput out, Map<TopicPartition, StoredOffset> offsets) {
    GroupFields.writeByPartition(out, offsets, RecordFields::writeOffset);
  }

  private static void writeOffset(WireOutput out, StoredOffset stored) {
    out.uuid(stored.topicId());
    out.int64(stored.offset());
    out.int32(stored.leaderEpoch());
    out.string(stored.metadata());
    out.int64(stored.committedAt());
    out.int64(stored.expiresAt());
  }

  static Map<TopicPartition, StoredOffset> readOffsets(WireInput in) {
    return GroupFields.readByPartition(in, RecordFields::readOffset);
  }

  private static StoredOffset readOffset(WireInput in) {
    return new StoredOffset(in.uuid(), in.int64(), in.int32(), in.string(), in.int64(), in.int64());
  }
}
