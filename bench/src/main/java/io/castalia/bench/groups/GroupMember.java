package io.castalia.bench.groups;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest.CoordinatorType;
import org.apache.kafka.common.requests.OffsetCommitRequest;
import org.jspecify.annotations.Nullable;

/**
 * A member of a consumer group that speaks the protocol and does nothing else: it consumes no
 * records. It has a connection of its own, as every real member does to its coordinator.
 */
abstract class GroupMember implements WireConnection.Owner {
  /** As long as Kafka's clients wait by default. */
  static final long RETRY_MILLIS = 100;

  /** Kafka's clients' default. */
  static final int SESSION_MILLIS = 45_000;

  /** The last version that speaks of topics by name. */
  private static final short COMMIT_VERSION = 9;

  private static final short FIND_VERSION = ApiKeys.FIND_COORDINATOR.latestVersion();

  /** Where a member stands. */
  enum Phase {
    AWAY,
    CONNECTING,
    CONNECTED,
    JOINING,
    STABLE
  }

  private final WireLoop loop;
  private final GroupPlan plan;
  private @Nullable WireConnection connection;
  private Phase phase = Phase.AWAY;
  private List<Integer> assigned = List.of();
  private int joins;

  GroupMember(WireLoop loop, GroupPlan plan) {
    this.loop = loop;
    this.plan = plan;
  }

  /** Opens its connection and finds its coordinator; {@link Phase#CONNECTED} then. */
  final void connect() {
    phase = Phase.CONNECTING;
    connection = loop.connect(plan.bootstrap(), this);
  }

  /** Joins its group, or goes on as the member that it was; {@link Phase#STABLE} then. */
  final void enter() {
    phase = Phase.JOINING;
    if (epoch() >= 0) {
      resume();
    } else {
      join();
    }
  }

  /** Joins and goes on until the member has its assignment. */
  abstract void join();

  /** Says that it is still there, after a break; joins again if the group does not know it. */
  abstract void resume();

  /** Sends one sign of life; what it gives rise to goes on by itself. */
  abstract void heartbeat(Consumer<Errors> outcome);

  /** Says good-bye. */
  abstract void leave();

  /** What it calls itself by, or empty. */
  abstract String memberId();

  /** The generation or the epoch that it is in; below 0 in none. */
  abstract int epoch();

  /** Commits an offset for the first so many of its partitions. */
  final void commit(int partitions, long offset, Consumer<Errors> outcome) {
    OffsetCommitRequestTopic topic = new OffsetCommitRequestTopic().setName(plan.topic());
    for (int index = 0; index < partitions; index++) {
      topic
          .partitions()
          .add(
              new OffsetCommitRequestPartition()
                  .setPartitionIndex(assigned.get(index))
                  .setCommittedOffset(offset)
                  .setCommittedLeaderEpoch(0)
                  .setCommittedMetadata(""));
    }
    OffsetCommitRequestData data =
        new OffsetCommitRequestData()
            .setGroupId(plan.groupId())
            .setMemberId(memberId())
            .setGenerationIdOrMemberEpoch(epoch())
            .setTopics(List.of(topic));
    connection()
        .send(
            OffsetCommitRequest.Builder.forTopicNames(data).build(COMMIT_VERSION),
            response -> outcome.accept(worst(response)));
  }

  /** The first error that a response bears. */
  static Errors worst(AbstractResponse response) {
    return response.errorCounts().keySet().stream()
        .filter(error -> error != Errors.NONE)
        .findFirst()
        .orElse(Errors.NONE);
  }

  final Phase phase() {
    return phase;
  }

  final boolean isStable() {
    return phase == Phase.STABLE;
  }

  /** How often it has got an assignment. */
  final int joins() {
    return joins;
  }

  final GroupPlan plan() {
    return plan;
  }

  final WireLoop loop() {
    return loop;
  }

  final WireConnection connection() {
    if (connection == null) {
      throw new IllegalStateException("expected " + clientId() + " to be connected");
    }
    return connection;
  }

  /** In its group again, with what it had. */
  final void settled() {
    phase = Phase.STABLE;
  }

  /** In its group, with what it has been assigned. */
  final void settled(List<Integer> partitions) {
    assigned = List.copyOf(partitions);
    joins++;
    phase = Phase.STABLE;
  }

  /** Begins to join, at once. */
  final void rejoin() {
    phase = Phase.JOINING;
    join();
  }

  /** Repeats a step when the server may be ready for it, unless the connection is gone by then. */
  final void retry(Runnable step) {
    WireConnection current = connection();
    loop.after(
        RETRY_MILLIS,
        () -> {
          if (connection == current) {
            step.run();
          }
        });
  }

  final void disconnect() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
    phase = Phase.AWAY;
  }

  @Override
  public final String clientId() {
    return plan.groupId();
  }

  @Override
  public final void opened() {
    connection().send(new ApiVersionsRequest.Builder().build(), response -> findCoordinator());
  }

  private void findCoordinator() {
    FindCoordinatorRequestData data =
        new FindCoordinatorRequestData()
            .setKeyType(CoordinatorType.GROUP.id())
            .setCoordinatorKeys(List.of(plan.groupId()));
    connection()
        .send(
            new FindCoordinatorRequest.Builder(data).build(FIND_VERSION),
            response -> {
              if (worst(response) == Errors.NONE) {
                phase = Phase.CONNECTED;
              } else {
                retry(this::findCoordinator);
              }
            });
  }

  @Override
  public final void lost(IOException reason) {
    connection = null;
    phase = Phase.AWAY;
  }
}
