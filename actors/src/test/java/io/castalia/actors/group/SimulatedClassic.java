package io.castalia.actors.group;

import io.castalia.testkit.simulation.Place;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;

/**
 * A member that uses the classic protocol: joins, syncs, and assigns when it leads. An eager one
 * lets go of all that it has before it joins again.
 */
final class SimulatedClassic extends SimulatedMember {
  private static final Set<String> TOPICS = Set.of("a", "b", "c");

  /**
   * Longer than a session, so that nobody is left out who may still think that it has something.
   */
  private static final Duration REBALANCE = GroupSimulation.SESSION.multipliedBy(2);

  /** How long it waits until others have joined, too. */
  private static final Duration PATIENCE_WITH_OTHERS = Duration.ofSeconds(1);

  private static final long NOT_LEADING = -1;
  private static final long UNKNOWN = -2;

  private final boolean cooperative;
  private final boolean asksForId;
  private String memberId = "";
  private int generation = -1;
  private Step step = Step.JOIN;
  private Map<String, ByteString> assignments = Map.of();
  private Set<TopicPartition> owned = Set.of();
  private long assignedAt = NOT_LEADING;

  private enum Step {
    JOIN,
    SYNC,
    HEARTBEAT
  }

  SimulatedClassic(
      GroupSimulation world, Place place, Optional<String> instance, boolean cooperative) {
    super(world, place, instance);
    this.cooperative = cooperative;
    this.asksForId = world.simulation().oneIn(2);
    speak();
  }

  @Override
  MemberIdentity identity() {
    return new MemberIdentity(memberId, instance());
  }

  @Override
  int epoch() {
    return generation;
  }

  @Override
  Set<String> topics() {
    return TOPICS;
  }

  @Override
  Set<TopicPartition> owned() {
    return owned;
  }

  /** Clients do not commit between the answer to their join and their assignment. */
  @Override
  boolean isAtWork() {
    return step != Step.SYNC;
  }

  @Override
  void speak() {
    // A leader that sees topics change has all join again.
    if (step == Step.HEARTBEAT
        && assignedAt != NOT_LEADING
        && assignedAt != world.topics().version()) {
      step = Step.JOIN;
    }
    switch (step) {
      case JOIN -> join();
      case SYNC -> sync();
      case HEARTBEAT -> beat();
    }
  }

  private void join() {
    if (!cooperative) {
      letGo();
    }
    request(
        new JoinRequest(
            Requests.GROUP,
            identity(),
            Consumers.CLIENT,
            GroupSimulation.SESSION,
            REBALANCE,
            "consumer",
            ClassicAssignments.protocols(cooperative, TOPICS, owned, generation),
            new JoinOptions(asksForId, true, "")),
        JoinReply.class,
        PATIENCE_WITH_OTHERS,
        this::joined);
  }

  private void joined(JoinReply reply) {
    if (reply.error() == Errors.NONE) {
      memberId = reply.memberId();
      generation = reply.generation();
      step = Step.SYNC;
      boolean leads = reply.leader().equals(memberId);
      boolean assigns = leads && !reply.skipAssignment();
      // One that comes back does not know of what topics the last assignment was.
      assignedAt = assigns ? world.topics().version() : leads ? UNKNOWN : NOT_LEADING;
      assignments = assigns ? ClassicAssignments.assign(reply, TOPICS, world.topics()) : Map.of();
    } else if (reply.error() == Errors.MEMBER_ID_REQUIRED) {
      memberId = reply.memberId();
    } else {
      refused(reply.error());
    }
  }

  private void sync() {
    long sent = world.simulation().now();
    request(
        Requests.sync(identity(), generation, assignments),
        SyncReply.class,
        PATIENCE_WITH_OTHERS,
        reply -> synced(reply, sent));
  }

  private void synced(SyncReply reply, long sent) {
    if (reply.error() != Errors.NONE) {
      refused(reply.error());
      return;
    }
    Set<TopicPartition> assigned = ClassicAssignments.assigned(reply);
    step = cooperative && !assigned.containsAll(owned) ? Step.JOIN : Step.HEARTBEAT;
    owned = assigned;
    heardOf(sent);
    owns();
  }

  private void beat() {
    long sent = world.simulation().now();
    request(
        new HeartbeatRequest(Requests.GROUP, identity(), generation),
        GroupReply.Code.class,
        PATIENCE,
        reply -> {
          if (reply.error() == Errors.NONE) {
            heardOf(sent);
          } else {
            refused(reply.error());
          }
        });
  }

  /** All errors have it join again; after most it has nothing any more, and is unknown. */
  private void refused(Errors error) {
    step = Step.JOIN;
    if (error == Errors.REBALANCE_IN_PROGRESS) {
      return;
    }
    letGo();
    if (error != Errors.ILLEGAL_GENERATION) {
      memberId = "";
    }
  }

  @Override
  GroupRequest goodbye() {
    return Requests.leave(identity());
  }

  @Override
  OffsetsQuery question(Set<TopicPartition> partitions) {
    return OffsetsQuery.of(Requests.GROUP, Optional.of(partitions), false);
  }

  @Override
  void forget() {
    owned = Set.of();
    generation = -1;
  }

  /** The next request is the same, or finds out. */
  @Override
  void unanswered() {}
}
