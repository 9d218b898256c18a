package io.castalia.actors.group;

import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/**
 * Who may commit offsets of a group that uses the consumer protocol. A member that has not heard of
 * its epoch yet may commit for what it has had since the epoch that it knows.
 */
final class ConsumerCommits {
  private ConsumerCommits() {}

  static Function<TopicPartition, Errors> check(Turn turn, CommitRequest request) {
    ConsumerMembership consumers = turn.consumers();
    if (request.generation() < 0 && consumers.isEmpty()) {
      return partition -> Errors.NONE;
    }
    Optional<ConsumerMember> member = consumers.find(request.member().memberId());
    if (member.isEmpty()) {
      return partition -> Errors.UNKNOWN_MEMBER_ID;
    }
    int named = request.generation();
    if (named == member.get().epoch()) {
      return partition -> Errors.NONE;
    }
    Errors stale = staleness(member.get());
    boolean lags = named >= 0 && named < member.get().epoch();
    return partition -> lags && hasHeld(turn, member.get(), partition, named) ? Errors.NONE : stale;
  }

  /** A member must know its epoch, so that it does not go on where it was before another had it. */
  static Errors refusal(ConsumerMembership consumers, OffsetsQuery query) {
    if (query.claim().isEmpty()) {
      return Errors.NONE;
    }
    MemberClaim claim = query.claim().get();
    return consumers
        .find(claim.memberId())
        .map(member -> member.epoch() == claim.epoch() ? Errors.NONE : staleness(member))
        .orElse(Errors.UNKNOWN_MEMBER_ID);
  }

  private static Errors staleness(ConsumerMember member) {
    return member.isClassic() ? Errors.ILLEGAL_GENERATION : Errors.STALE_MEMBER_EPOCH;
  }

  private static boolean hasHeld(
      Turn turn, ConsumerMember member, TopicPartition partition, int named) {
    Optional<Uuid> topic = turn.world().topics().byName(partition.topic());
    return topic
        .filter(id -> member.standing().heldSince(id, partition.partition(), named))
        .isPresent();
  }
}
