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
import java.util.function.Function;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/** Committed offsets. */
final class OffsetLogic {
  private OffsetLogic() {}

  /**
   * Stores what may be stored.
   *
   * @param refusal why a partition may not be committed, or {@link Errors#NONE}
   */
  static void commit(
      Turn turn, long ticket, CommitRequest request, Function<TopicPartition, Errors> refusal) {
    Map<TopicPartition, StoredOffset> stored = new HashMap<>();
    Map<TopicPartition, Errors> answers = new HashMap<>();
    request
        .offsets()
        .forEach(
            (partition, offset) -> {
              boolean fits = offset.metadata().length() <= turn.rules().maxMetadata();
              Errors error =
                  refusal.apply(partition) == Errors.NONE && !fits
                      ? Errors.OFFSET_METADATA_TOO_LARGE
                      : refusal.apply(partition);
              answers.put(partition, error);
              if (error == Errors.NONE) {
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
   * Reads what is committed.
   *
   * @param refusal why who asks may not know, or {@link Errors#NONE}
   */
  static void fetch(Turn turn, long ticket, OffsetsQuery query, Errors refusal) {
    if (refusal != Errors.NONE) {
      turn.answer(ticket, OffsetsReply.refused(refusal));
      return;
    }
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
    if (!state.phase().isEmpty() && !state.protocolType().equals(ConsumerProtocol.PROTOCOL_TYPE)) {
      turn.answer(ticket, DeleteOffsetsReply.refused(Errors.NON_EMPTY_GROUP));
      return;
    }
    Optional<Set<String>> subscribed = state.subscribed(turn.world().topics());
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
