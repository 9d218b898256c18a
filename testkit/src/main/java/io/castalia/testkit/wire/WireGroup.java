package io.castalia.testkit.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** Requests of members of classic groups, by hand. */
public final class WireGroup {

  public static final int SESSION_MILLIS = 60_000;
  private static final int REBALANCE_MILLIS = 30_000;

  /** The version in which members ask to join. */
  public static final int JOIN = 9;

  /** The version in which members ask for their assignment. */
  public static final int SYNC = 5;

  private static final int HEARTBEAT = 4;
  private static final int LEAVE = 5;
  private static final int FETCH = 9;

  /** The version in which members commit. */
  public static final int COMMIT = 9;

  private final Wire wire;

  /** Asks on a connection. */
  public WireGroup(Wire wire) {
    this.wire = wire;
  }

  /**
   * Who asks.
   *
   * @param instance of a static member, or null
   */
  public record Asker(String group, String member, @Nullable String instance, int generation) {
    /** A dynamic member. */
    public static Asker of(String group, String member, int generation) {
      return new Asker(group, member, null, generation);
    }

    /** The same with another generation. */
    public Asker of(int otherGeneration) {
      return new Asker(group, member, instance, otherGeneration);
    }
  }

  /** A request to join, to be changed at will. */
  public static JoinGroupRequestData joining(Asker asker, String... protocols) {
    return new JoinGroupRequestData()
        .setGroupId(asker.group())
        .setMemberId(asker.member())
        .setGroupInstanceId(asker.instance())
        .setSessionTimeoutMs(SESSION_MILLIS)
        .setRebalanceTimeoutMs(REBALANCE_MILLIS)
        .setProtocolType("consumer")
        .setProtocols(protocols(protocols));
  }

  private static JoinGroupRequestProtocolCollection protocols(String... names) {
    Stream<JoinGroupRequestProtocol> protocols =
        Arrays.stream(names)
            .map(name -> new JoinGroupRequestProtocol().setName(name).setMetadata(new byte[] {0}));
    return new JoinGroupRequestProtocolCollection(protocols.iterator());
  }

  /** Joins, and waits for as long as the group does. */
  public JoinGroupResponseData join(JoinGroupRequestData request) throws IOException {
    return wire.call(request, JOIN, JoinGroupResponseData.class);
  }

  /** A member of a group of its own, with its assignment. */
  public Asker joinAlone(String group, @Nullable String instance) throws IOException {
    Asker asker = new Asker(group, "", instance, -1);
    JoinGroupResponseData answer = join(joining(asker, "range"));
    if (answer.errorCode() == Errors.MEMBER_ID_REQUIRED.code()) {
      answer = join(joining(new Asker(group, answer.memberId(), instance, -1), "range"));
    }
    Asker member = new Asker(group, answer.memberId(), instance, answer.generationId());
    Errors synced = sync(member, "range", member.member());
    if (synced != Errors.NONE) {
      throw new IllegalStateException("expected a stable group, but got " + synced);
    }
    return member;
  }

  /** A request for an assignment; who leads names those to whom it assigns their own ids. */
  public static SyncGroupRequestData syncing(Asker asker, String protocol, String... assigned) {
    return new SyncGroupRequestData()
        .setGroupId(asker.group())
        .setMemberId(asker.member())
        .setGroupInstanceId(asker.instance())
        .setGenerationId(asker.generation())
        .setProtocolType("consumer")
        .setProtocolName(protocol)
        .setAssignments(
            Arrays.stream(assigned)
                .map(
                    member ->
                        new SyncGroupRequestAssignment()
                            .setMemberId(member)
                            .setAssignment(member.getBytes(StandardCharsets.UTF_8)))
                .toList());
  }

  /** Asks for its assignment, and waits for as long as the group does. */
  public Errors sync(Asker asker, String protocol, String... assigned) throws IOException {
    SyncGroupRequestData request = syncing(asker, protocol, assigned);
    return Errors.forCode(wire.call(request, SYNC, SyncGroupResponseData.class).errorCode());
  }

  /** Says that it is alive. */
  public Errors heartbeat(Asker asker) throws IOException {
    HeartbeatRequestData request =
        new HeartbeatRequestData()
            .setGroupId(asker.group())
            .setMemberId(asker.member())
            .setGroupInstanceId(asker.instance())
            .setGenerationId(asker.generation());
    return Errors.forCode(wire.call(request, HEARTBEAT, HeartbeatResponseData.class).errorCode());
  }

  /** The error of the request, or else of the member. */
  public Errors leave(Asker asker) throws IOException {
    LeaveGroupRequestData.MemberIdentity member =
        new LeaveGroupRequestData.MemberIdentity()
            .setMemberId(asker.member())
            .setGroupInstanceId(asker.instance());
    LeaveGroupResponseData answer =
        wire.call(
            new LeaveGroupRequestData().setGroupId(asker.group()).setMembers(List.of(member)),
            LEAVE,
            LeaveGroupResponseData.class);
    return Errors.forCode(
        answer.errorCode() == 0 ? answer.members().get(0).errorCode() : answer.errorCode());
  }

  /** A request to commit an offset of partition 0. */
  public static OffsetCommitRequestData committing(Asker asker, String topic, long offset) {
    return new OffsetCommitRequestData()
        .setGroupId(asker.group())
        .setMemberId(asker.member())
        .setGroupInstanceId(asker.instance())
        .setGenerationIdOrMemberEpoch(asker.generation())
        .setTopics(
            List.of(
                new OffsetCommitRequestTopic()
                    .setName(topic)
                    .setPartitions(
                        List.of(new OffsetCommitRequestPartition().setCommittedOffset(offset)))));
  }

  /** What a commit of one partition came to. */
  public static Errors outcome(OffsetCommitResponseData answer) {
    return Errors.forCode(answer.topics().get(0).partitions().get(0).errorCode());
  }

  /** Commits an offset of partition 0. */
  public Errors commit(Asker asker, String topic, long offset) throws IOException {
    return commit(committing(asker, topic, offset), COMMIT);
  }

  /** Commits offset 1 of partition 0 with metadata. */
  public Errors commit(Asker asker, String topic, String metadata) throws IOException {
    return commit(asker, topic, metadata, COMMIT);
  }

  /** Commits offset 1 of partition 0 with metadata, in a version of the request. */
  public Errors commit(Asker asker, String topic, String metadata, int version) throws IOException {
    OffsetCommitRequestData request = committing(asker, topic, 1);
    request.topics().get(0).partitions().get(0).setCommittedMetadata(metadata);
    return commit(request, version);
  }

  private Errors commit(OffsetCommitRequestData request, int version) throws IOException {
    return outcome(wire.call(request, version, OffsetCommitResponseData.class));
  }

  /** The committed offset of partition 0, -1 if there is none. */
  public long committed(String group, String topic) throws IOException {
    OffsetFetchRequestData request =
        new OffsetFetchRequestData()
            .setGroups(
                List.of(
                    new OffsetFetchRequestGroup()
                        .setGroupId(group)
                        .setTopics(
                            List.of(
                                new OffsetFetchRequestTopics()
                                    .setName(topic)
                                    .setPartitionIndexes(List.of(0))))));
    return wire.call(request, FETCH, OffsetFetchResponseData.class)
        .groups()
        .get(0)
        .topics()
        .get(0)
        .partitions()
        .get(0)
        .committedOffset();
  }
}
