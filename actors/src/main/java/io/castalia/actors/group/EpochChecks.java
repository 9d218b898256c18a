package io.castalia.actors.group;

import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;

/** Whether who sends a heartbeat of the consumer protocol is the member that it says it is. */
final class EpochChecks {
  private final ConsumerMembership consumers;
  private final ConsumerHeartbeatRequest request;

  private EpochChecks(ConsumerMembership consumers, ConsumerHeartbeatRequest request) {
    this.consumers = consumers;
    this.request = request;
  }

  static Optional<Refusal> refusal(
      ConsumerMembership consumers, ConsumerHeartbeatRequest request, ConsumerRules rules) {
    EpochChecks checks = new EpochChecks(consumers, request);
    return request.joins() ? checks.join(rules) : checks.identity().or(checks::epoch);
  }

  private Optional<ConsumerMember> named() {
    return consumers.find(request.member().memberId());
  }

  private Optional<ConsumerMember> namesake() {
    return request.member().instanceId().flatMap(consumers::findStatic);
  }

  private Optional<Refusal> join(ConsumerRules rules) {
    if (named().isPresent()) {
      return Optional.empty();
    }
    Optional<ConsumerMember> namesake = namesake();
    if (namesake.isPresent()) {
      return namesake
          .filter(owner -> !owner.standing().isAway() && !owner.isClassic())
          .map(this::unreleased);
    }
    return consumers.size() >= rules.maxSize()
        ? Optional.of(
            new Refusal(
                Errors.GROUP_MAX_SIZE_REACHED,
                "Expected a group of less than %d members, but it has %d"
                    .formatted(rules.maxSize(), consumers.size())))
        : Optional.empty();
  }

  private Refusal unreleased(ConsumerMember owner) {
    return new Refusal(
        Errors.UNRELEASED_INSTANCE_ID,
        "Expected an instance id that nobody has, but member \"%s\" has not left with \"%s\""
            .formatted(owner.id(), owner.identity().instanceId().orElse("")));
  }

  /** Who is at once found to be who it says needs no search for others of its name. */
  private Optional<Refusal> identity() {
    if (named().filter(known -> known.identity().equals(request.member())).isPresent()) {
      return Optional.empty();
    }
    String memberId = request.member().memberId();
    Optional<String> instance = request.member().instanceId();
    Optional<ConsumerMember> namesake = namesake();
    if (instance.isPresent() && namesake.isPresent() && !namesake.get().id().equals(memberId)) {
      return Optional.of(
          new Refusal(
              Errors.FENCED_INSTANCE_ID,
              "Expected member \"%s\" of instance \"%s\", but another member has its place: \"%s\""
                  .formatted(memberId, instance.get(), namesake.get().id())));
    }
    boolean isKnown = instance.isPresent() ? namesake.isPresent() : named().isPresent();
    return isKnown ? Optional.empty() : Optional.of(unknown());
  }

  private Refusal unknown() {
    return new Refusal(
        Errors.UNKNOWN_MEMBER_ID,
        "Expected a member of group \"%s\", but \"%s\" is none%s"
            .formatted(
                request.groupId(),
                request.member().memberId(),
                request.member().instanceId().map(id -> " of instance \"" + id + "\"").orElse("")));
  }

  private Optional<Refusal> epoch() {
    return request.leaves() ? Optional.empty() : named().filter(this::isFenced).map(this::fenced);
  }

  /**
   * A member that names its epoch before has not got the answer with the new one; that is no harm
   * as long as it has nothing that it may not have.
   */
  private boolean isFenced(ConsumerMember member) {
    Standing standing = member.standing();
    boolean missedAnswer =
        request.memberEpoch() == standing.previousEpoch()
            && request.memberEpoch() < standing.epoch()
            && request
                .ownedPartitions()
                .filter(standing.assigned().partitions()::containsAll)
                .isPresent();
    return request.memberEpoch() != standing.epoch() && !missedAnswer;
  }

  private Refusal fenced(ConsumerMember member) {
    return new Refusal(
        Errors.FENCED_MEMBER_EPOCH,
        ("Expected member \"%s\" to be at epoch %d, but it was at %d; it must let go of its"
                + " partitions and join again")
            .formatted(member.id(), member.epoch(), request.memberEpoch()));
  }
}
