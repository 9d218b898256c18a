package io.castalia.actors.group;

import io.castalia.actors.group.CommitRequest.OffsetToCommit;
import io.castalia.actors.group.GroupEvent.OffsetsCommitted;
import io.castalia.actors.group.GroupEvent.OffsetsDropped;
import io.castalia.actors.group.GroupRequest.DeleteOffsets;
import io.castalia.actors.group.OffsetsReply.Committed;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/** Committed offsets. */
final class OffsetLogic {
  private OffsetLogic() {}

  static void commit(Turn turn, long ticket, CommitRequest request) {
    Errors error = refusal(turn.state(), request);
    if (error != Errors.NONE) {
      turn.answer(ticket, CommitReply.all(request.offsets().keySet(), error));
      return;
    }
    SessionLogic.seen(turn, request.member().memberId());
    Map<TopicPartition, StoredOffset> stored = new HashMap<>();
    Map<TopicPartition, Errors> answers = new HashMap<>();
    request
        .offsets()
        .forEach(
            (partition, offset) -> {
              boolean fits = offset.metadata().length() <= turn.rules().maxMetadata();
              answers.put(partition, fits ? Errors.NONE : Errors.OFFSET_METADATA_TOO_LARGE);
              if (fits) {
                stored.put(partition, store(turn.world(), request, partition, offset));
              }
            });
    if (!stored.isEmpty()) {
      turn.persist(new OffsetsCommitted(stored));
    }
    turn.answer(ticket, new CommitReply(answers));
  }

  private static StoredOffset store(
      GroupWorld world, CommitRequest request, TopicPartition partition, OffsetToCommit offset) {
    return new StoredOffset(
        world.topics().byName(partition.topic()).orElse(Uuid.ZERO_UUID),
        offset.offset(),
        offset.leaderEpoch().orElse(-1),
        offset.metadata(),
        world.now(),
        request.retention().map(Duration::toMillis).map(keep -> world.now() + keep).orElse(-1L));
  }

  /**
   * Members commit for their generation; others only for a group that nobody is in. A member that
   * has joined and not synced would commit for partitions that it is about to lose.
   */
  private static Errors refusal(GroupState state, CommitRequest request) {
    if (state.phase() == GroupPhase.DEAD) {
      return Errors.COORDINATOR_NOT_AVAILABLE;
    }
    if (request.generation() < 0 && state.phase() == GroupPhase.EMPTY) {
      return Errors.NONE;
    }
    if (!state.exists()) {
      return Errors.ILLEGAL_GENERATION;
    }
    if (request.generation() < 0 && request.member().equals(MemberIdentity.NONE)) {
      return Errors.UNKNOWN_MEMBER_ID;
    }
    Errors error = MemberChecks.check(state, request.member(), request.generation());
    if (error != Errors.NONE) {
      return error;
    }
    return state.phase() == GroupPhase.COMPLETING_REBALANCE
        ? Errors.REBALANCE_IN_PROGRESS
        : Errors.NONE;
  }

  static void fetch(Turn turn, long ticket, OffsetsQuery query) {
    Map<TopicPartition, Committed> found = new HashMap<>();
    query
        .partitions()
        .ifPresentOrElse(
            partitions -> partitions.forEach(each -> found.put(each, find(turn, each))),
            () ->
                turn.state().record().offsets().forEach((each, ignored) -> add(turn, each, found)));
    turn.answer(ticket, new OffsetsReply(Errors.NONE, found));
  }

  private static void add(
      Turn turn, TopicPartition partition, Map<TopicPartition, Committed> found) {
    Committed committed = find(turn, partition);
    if (!committed.equals(Committed.NOTHING)) {
      found.put(partition, committed);
    }
  }

  private static Committed find(Turn turn, TopicPartition partition) {
    return turn.state()
        .record()
        .offsets()
        .find(partition)
        .filter(stored -> !isOfAnotherTopic(turn.world(), partition, stored))
        .map(
            stored ->
                new Committed(
                    Errors.NONE,
                    stored.offset(),
                    stored.leaderEpoch() < 0
                        ? OptionalInt.empty()
                        : OptionalInt.of(stored.leaderEpoch()),
                    stored.metadata()))
        .orElse(Committed.NOTHING);
  }

  /** Whether the name means another topic by now: the one that was meant has been deleted. */
  static boolean isOfAnotherTopic(GroupWorld world, TopicPartition partition, StoredOffset stored) {
    Optional<Uuid> now = world.topics().byName(partition.topic());
    return !stored.topicId().equals(Uuid.ZERO_UUID)
        && now.filter(id -> !id.equals(stored.topicId())).isPresent();
  }

  static void delete(Turn turn, long ticket, DeleteOffsets request) {
    GroupState state = turn.state();
    if (!state.exists() || state.phase() == GroupPhase.DEAD) {
      turn.answer(ticket, DeleteOffsetsReply.refused(Errors.GROUP_ID_NOT_FOUND));
      return;
    }
    if (!state.roster().isEmpty() && !Subscriptions.areKnown(state.roster())) {
      turn.answer(ticket, DeleteOffsetsReply.refused(Errors.NON_EMPTY_GROUP));
      return;
    }
    Optional<Set<String>> subscribed = Subscriptions.topics(state);
    Set<TopicPartition> dropped = new HashSet<>();
    Map<TopicPartition, Errors> answers = new HashMap<>();
    for (TopicPartition partition : request.partitions()) {
      boolean free = subscribed.filter(topics -> !topics.contains(partition.topic())).isPresent();
      answers.put(partition, free ? Errors.NONE : Errors.GROUP_SUBSCRIBED_TO_TOPIC);
      if (free && state.record().offsets().find(partition).isPresent()) {
        dropped.add(partition);
      }
    }
    if (!dropped.isEmpty()) {
      turn.persist(new OffsetsDropped(dropped));
    }
    turn.answer(ticket, new DeleteOffsetsReply(Errors.NONE, answers));
  }
}
