package io.castalia.actors.group;

import io.castalia.actors.group.CommitRequest.OffsetToCommit;
import io.castalia.actors.group.LeaveRequest.LeavingMember;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.util.ByteString;

/** Requests of members of a group {@code "g"}. */
final class Requests {
  static final String GROUP = "g";
  static final Duration SESSION = Duration.ofSeconds(10);
  static final Duration REBALANCE = Duration.ofSeconds(60);
  static final TopicPartition T0 = new TopicPartition("t", 0);
  static final TopicPartition T1 = new TopicPartition("t", 1);

  private Requests() {}

  static ByteString bytes(String text) {
    return ByteString.fromArray(text.getBytes(StandardCharsets.UTF_8));
  }

  static List<GroupProtocol> protocols(String... names) {
    return List.of(names).stream()
        .map(name -> new GroupProtocol(name, bytes("of " + name)))
        .toList();
  }

  static JoinRequest join(String memberId) {
    return join(MemberIdentity.of(memberId), "consumer", protocols("range"));
  }

  static JoinRequest joinStatic(String memberId, String instanceId, String... names) {
    return join(
        new MemberIdentity(memberId, Optional.of(instanceId)), "consumer", protocols(names));
  }

  static JoinRequest join(MemberIdentity member, String type, List<GroupProtocol> protocols) {
    return new JoinRequest(
        GROUP,
        member,
        new ClientAddress("client", "/127.0.0.1"),
        SESSION,
        REBALANCE,
        type,
        protocols,
        new JoinOptions(false, true, ""));
  }

  static JoinRequest joinInTwoSteps(String memberId) {
    return inTwoSteps(join(memberId));
  }

  /** As newer clients join: with an id first. */
  static JoinRequest inTwoSteps(JoinRequest join) {
    return new JoinRequest(
        join.groupId(),
        join.member(),
        join.client(),
        join.sessionTimeout(),
        join.rebalanceTimeout(),
        join.protocolType(),
        join.protocols(),
        new JoinOptions(true, true, ""));
  }

  static JoinRequest withSession(JoinRequest join, Duration session) {
    return new JoinRequest(
        join.groupId(),
        join.member(),
        join.client(),
        session,
        join.rebalanceTimeout(),
        join.protocolType(),
        join.protocols(),
        join.options());
  }

  static SyncRequest sync(String memberId, int generation) {
    return sync(MemberIdentity.of(memberId), generation, Map.of());
  }

  static SyncRequest sync(
      MemberIdentity member, int generation, Map<String, ByteString> assignments) {
    return new SyncRequest(
        GROUP, member, generation, Optional.empty(), Optional.empty(), assignments);
  }

  static HeartbeatRequest heartbeat(String memberId, int generation) {
    return new HeartbeatRequest(GROUP, MemberIdentity.of(memberId), generation);
  }

  static LeaveRequest leave(MemberIdentity... members) {
    return new LeaveRequest(
        GROUP, List.of(members).stream().map(each -> new LeavingMember(each, "done")).toList());
  }

  static LeaveRequest leave(String memberId) {
    return leave(MemberIdentity.of(memberId));
  }

  static CommitRequest commit(String memberId, int generation, TopicPartition to, long offset) {
    return commit(MemberIdentity.of(memberId), generation, Map.of(to, offset(offset)));
  }

  static CommitRequest commit(
      MemberIdentity member, int generation, Map<TopicPartition, OffsetToCommit> offsets) {
    return new CommitRequest(GROUP, member, generation, Optional.empty(), offsets);
  }

  static OffsetToCommit offset(long offset) {
    return new OffsetToCommit(offset, OptionalInt.of(3), "m" + offset);
  }

  static OffsetsQuery allOffsets() {
    return OffsetsQuery.of(GROUP, Optional.empty(), false);
  }
}
