package io.castalia.api.internal;

import io.castalia.api.BrokerReply.HeartbeatAnswered;
import io.castalia.api.group.MemberHeartbeat;
import io.castalia.api.group.MemberIdentity;
import io.castalia.api.group.MemberSubscription;
import io.castalia.api.group.OffsetCommit;
import io.castalia.api.group.OffsetQuery;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;

/** The parts of messages about groups. */
final class GroupCodec {
  private static final int NO_LEADER_EPOCH = -1;

  private GroupCodec() {}

  static void heartbeat(WireOutput out, MemberHeartbeat heartbeat) {
    out.string(heartbeat.groupId());
    identity(out, heartbeat.member());
    out.int32(heartbeat.epoch());
    optional(out, heartbeat.subscription(), wanted -> subscription(out, wanted));
    optional(out, heartbeat.owned(), owned -> partitions(out, owned));
  }

  static MemberHeartbeat heartbeat(WireInput in) {
    return new MemberHeartbeat(
        in.string(),
        identity(in),
        in.int32(),
        optional(in, () -> subscription(in)),
        optional(in, () -> partitions(in)));
  }

  static void answered(WireOutput out, HeartbeatAnswered answer) {
    out.int32(answer.epoch()).int64(answer.interval().toMillis());
    optional(out, answer.assigned(), assigned -> partitions(out, assigned));
    out.int16((short) (answer.complete() ? 1 : 0));
  }

  static HeartbeatAnswered answered(WireInput in) {
    return new HeartbeatAnswered(
        in.int32(),
        Duration.ofMillis(in.int64()),
        optional(in, () -> partitions(in)),
        in.int16() != 0);
  }

  static void commit(WireOutput out, OffsetCommit commit) {
    out.string(commit.groupId());
    identity(out, commit.member());
    out.int32(commit.epoch());
    offsets(out, commit.offsets());
  }

  static OffsetCommit commit(WireInput in) {
    return new OffsetCommit(in.string(), identity(in), in.int32(), offsets(in));
  }

  static void query(WireOutput out, OffsetQuery query) {
    out.string(query.groupId()).string(query.memberId()).int32(query.epoch());
    out.list(query.partitions(), partition -> RecordCodec.partition(out, partition));
  }

  static OffsetQuery query(WireInput in) {
    return new OffsetQuery(
        in.string(),
        in.string(),
        in.int32(),
        new HashSet<>(in.list(() -> RecordCodec.partition(in))));
  }

  static void offsets(WireOutput out, Map<TopicPartition, OffsetAndMetadata> offsets) {
    out.list(
        offsets.entrySet(),
        entry -> {
          RecordCodec.partition(out, entry.getKey());
          OffsetAndMetadata offset = entry.getValue();
          out.int64(offset.offset())
              .int32(offset.leaderEpoch().orElse(NO_LEADER_EPOCH))
              .string(offset.metadata());
        });
  }

  static Map<TopicPartition, OffsetAndMetadata> offsets(WireInput in) {
    return entries(in.list(() -> Map.entry(RecordCodec.partition(in), offset(in))));
  }

  static void errors(WireOutput out, Map<TopicPartition, Errors> errors) {
    out.list(
        errors.entrySet(),
        entry -> {
          RecordCodec.partition(out, entry.getKey());
          out.int16(entry.getValue().code());
        });
  }

  static Map<TopicPartition, Errors> errors(WireInput in) {
    return entries(in.list(() -> Map.entry(RecordCodec.partition(in), Errors.forCode(in.int16()))));
  }

  private static OffsetAndMetadata offset(WireInput in) {
    long offset = in.int64();
    int leaderEpoch = in.int32();
    return new OffsetAndMetadata(
        offset,
        leaderEpoch == NO_LEADER_EPOCH ? Optional.empty() : Optional.of(leaderEpoch),
        in.string());
  }

  private static void identity(WireOutput out, MemberIdentity member) {
    out.string(member.memberId());
    optional(out, member.instanceId(), out::string);
    out.string(member.clientId()).string(member.host());
  }

  private static MemberIdentity identity(WireInput in) {
    return new MemberIdentity(in.string(), optional(in, in::string), in.string(), in.string());
  }

  private static void subscription(WireOutput out, MemberSubscription wanted) {
    out.list(wanted.topics(), out::string);
    optional(out, wanted.pattern(), out::string);
    optional(out, wanted.assignor(), out::string);
    out.int64(wanted.rebalanceTimeout().toMillis());
  }

  private static MemberSubscription subscription(WireInput in) {
    return new MemberSubscription(
        new HashSet<>(in.list(in::string)),
        optional(in, in::string),
        optional(in, in::string),
        Duration.ofMillis(in.int64()));
  }

  private static void partitions(WireOutput out, Set<TopicIdPartition> partitions) {
    out.list(
        partitions,
        partition -> {
          out.uuid(partition.topicId());
          RecordCodec.partition(out, partition.topicPartition());
        });
  }

  private static Set<TopicIdPartition> partitions(WireInput in) {
    return new HashSet<>(in.list(() -> new TopicIdPartition(in.uuid(), RecordCodec.partition(in))));
  }

  private static <T> void optional(WireOutput out, Optional<T> value, Consumer<T> element) {
    out.list(value.map(List::of).orElse(List.of()), element);
  }

  private static <T> Optional<T> optional(WireInput in, Supplier<T> element) {
    return in.list(element).stream().findFirst();
  }

  private static <V> Map<TopicPartition, V> entries(List<Map.Entry<TopicPartition, V>> entries) {
    return entries.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
