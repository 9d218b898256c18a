package io.castalia.actors.group;

import static io.castalia.actors.group.ConsumerHeartbeatRequest.JOIN;
import static io.castalia.actors.group.ConsumerHeartbeatRequest.LEAVE_FOR_A_WHILE;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.Errors;

/** What is wrong with a heartbeat of the consumer protocol, whatever its group. */
final class HeartbeatChecks {
  private HeartbeatChecks() {}

  static Optional<Refusal> refusal(ConsumerHeartbeatRequest request, ConsumerRules rules) {
    return Stream.<Supplier<Optional<Refusal>>>of(
            () -> identity(request),
            () -> epoch(request),
            () -> join(request),
            () -> assignor(request.subscription(), rules),
            () -> regex(request.subscription()))
        .flatMap(check -> check.get().stream())
        .findFirst();
  }

  private static Optional<Refusal> identity(ConsumerHeartbeatRequest request) {
    if (request.groupId().isEmpty()) {
      return invalid("Expected a group id, but it was empty");
    }
    if (request.member().memberId().isEmpty() && !request.joins()) {
      return invalid("Expected a member id from who has joined, but it was empty");
    }
    if (request.member().instanceId().filter(String::isEmpty).isPresent()) {
      return invalid("Expected an instance id or none, but it was empty");
    }
    return request.subscription().rackId().filter(String::isEmpty).isPresent()
        ? invalid("Expected a rack id or none, but it was empty")
        : Optional.empty();
  }

  private static Optional<Refusal> epoch(ConsumerHeartbeatRequest request) {
    if (request.memberEpoch() < LEAVE_FOR_A_WHILE) {
      return invalid(
          "Expected a member epoch of at least %d, but it was %d"
              .formatted(LEAVE_FOR_A_WHILE, request.memberEpoch()));
    }
    boolean isStatic = request.member().instanceId().isPresent();
    return request.memberEpoch() == LEAVE_FOR_A_WHILE && !isStatic
        ? invalid("Expected an instance id from who leaves for a while, but there was none")
        : Optional.empty();
  }

  private static Optional<Refusal> join(ConsumerHeartbeatRequest request) {
    ConsumerSubscription wanted = request.subscription();
    if (request.memberEpoch() != JOIN) {
      return Optional.empty();
    }
    if (wanted.rebalanceTimeout().isEmpty()) {
      return invalid("Expected a rebalance timeout from who joins, but there was none");
    }
    if (request.ownedPartitions().filter(Assignment::isEmpty).isEmpty()) {
      return invalid(
          "Expected an empty list of partitions from who joins, but it was %s"
              .formatted(request.ownedPartitions().map(Assignment::toString).orElse("missing")));
    }
    return wanted.topics().isEmpty() && wanted.regex().isEmpty()
        ? invalid("Expected topics or an expression from who joins, but there was neither")
        : Optional.empty();
  }

  private static Optional<Refusal> assignor(ConsumerSubscription wanted, ConsumerRules rules) {
    return wanted
        .assignor()
        .filter(name -> !rules.assignors().contains(name))
        .map(
            name ->
                new Refusal(
                    Errors.UNSUPPORTED_ASSIGNOR,
                    "Expected an assignor of %s, but it was \"%s\""
                        .formatted(rules.assignors(), name)));
  }

  private static Optional<Refusal> regex(ConsumerSubscription wanted) {
    return wanted
        .regex()
        .flatMap(
            regex ->
                TopicPatterns.complaint(regex)
                    .map(
                        complaint ->
                            new Refusal(
                                Errors.INVALID_REGULAR_EXPRESSION,
                                "Expected an expression of RE2, but \"%s\" is none: %s"
                                    .formatted(regex, complaint))));
  }

  private static Optional<Refusal> invalid(String message) {
    return Optional.of(new Refusal(Errors.INVALID_REQUEST, message));
  }
}
