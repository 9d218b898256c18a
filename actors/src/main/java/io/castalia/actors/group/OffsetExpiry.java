package io.castalia.actors.group;

import io.castalia.actors.group.GroupEvent.OffsetsDropped;
import io.castalia.actors.group.Transition.Cause;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Which committed offsets are too old, by Kafka's rules: of a group that lost its members, all of
 * them the retention time after that; of consumers, those for topics that they no longer read; of
 * clients that only commit, each by itself. Offsets of deleted topics go too.
 */
final class OffsetExpiry {
  /** A commit may be younger than what this node knows about topics. */
  private static final long CATALOG_LAG_MILLIS = Duration.ofMinutes(1).toMillis();

  private final GroupState state;
  private final GroupWorld world;
  private final Optional<Set<String>> subscribed;

  private OffsetExpiry(GroupState state, GroupWorld world) {
    this.state = state;
    this.world = world;
    this.subscribed =
        state.phase() == GroupPhase.PREPARING_REBALANCE
                || state.phase() == GroupPhase.COMPLETING_REBALANCE
            ? Optional.empty()
            : state.subscribed(world.topics());
  }

  /** Drops what has expired, and the group itself if that leaves nothing of it. */
  static void expire(Turn turn) {
    if (turn.phase() == GroupPhase.DEAD) {
      return;
    }
    Set<TopicPartition> expired = new OffsetExpiry(turn.state(), turn.world()).expired();
    if (!expired.isEmpty()) {
      turn.persist(new OffsetsDropped(expired));
    }
    GroupState state = turn.state();
    if (state.isUnused() && state.record().exists() && state.record().offsets().isEmpty()) {
      AdminLogic.end(turn, Cause.EXPIRY);
    }
  }

  /** When something of an empty group expires next, in milliseconds since the epoch. */
  static OptionalLong next(GroupState state, GroupWorld world) {
    OffsetExpiry expiry = new OffsetExpiry(state, world);
    long[] first = {Long.MAX_VALUE};
    state
        .record()
        .offsets()
        .forEach((each, stored) -> first[0] = Math.min(first[0], expiry.time(each, stored)));
    return first[0] == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(first[0]);
  }

  private Set<TopicPartition> expired() {
    Set<TopicPartition> expired = new HashSet<>();
    state
        .record()
        .offsets()
        .forEach(
            (partition, stored) -> {
              if (time(partition, stored) <= world.now() || isOrphan(partition, stored)) {
                expired.add(partition);
              }
            });
    return expired;
  }

  private long time(TopicPartition partition, StoredOffset stored) {
    if (isInUse(partition)) {
      return Long.MAX_VALUE;
    }
    if (stored.expiresAt() >= 0) {
      return stored.expiresAt();
    }
    boolean hadMembers = !state.protocolType().isEmpty();
    long base =
        hadMembers && state.phase().isEmpty()
            ? state.record().membership().since()
            : stored.committedAt();
    return base + world.rules().retention().toMillis();
  }

  private boolean isInUse(TopicPartition partition) {
    return !state.phase().isEmpty()
        && subscribed.filter(topics -> !topics.contains(partition.topic())).isEmpty();
  }

  /** A topic that was not known at the commit cannot be known to be gone. */
  private boolean isOrphan(TopicPartition partition, StoredOffset stored) {
    boolean certain =
        world.topics().known()
            && !stored.topicId().equals(Uuid.ZERO_UUID)
            && stored.committedAt() + CATALOG_LAG_MILLIS <= world.now();
    return certain
        && world.topics().byName(partition.topic()).filter(stored.topicId()::equals).isEmpty();
  }
}
