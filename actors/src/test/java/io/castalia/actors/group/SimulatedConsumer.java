package io.castalia.actors.group;

import io.castalia.testkit.simulation.Place;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/** A member that uses the consumer protocol. */
final class SimulatedConsumer extends SimulatedMember {
  private final MemberIdentity identity;
  private Set<String> topics = Set.of();
  private ConsumerSubscription subscription = ConsumerSubscription.UNCHANGED;
  private Map<Uuid, Set<Integer>> owned = Map.of();
  private int epoch;
  private boolean saysAll = true;

  SimulatedConsumer(GroupSimulation world, Place place, Optional<String> instance) {
    super(world, place, instance);
    this.identity = new MemberIdentity(place.name(), instance);
    subscribe();
    speak();
  }

  /** Wants something else, or the same. Clients take back what they wanted by the other way. */
  void subscribe() {
    int dice = world.simulation().random().nextInt(4);
    topics = dice == 0 ? Set.of("a", "b") : dice == 1 ? Set.of("a") : Set.of("a", "b", "c");
    subscription =
        new ConsumerSubscription(
            Optional.empty(),
            Optional.of(Consumers.REBALANCE),
            Optional.of(dice == 0 ? Set.of() : topics),
            Optional.of(dice == 0 ? "[ab]" : ""),
            Optional.empty());
    saysAll = true;
  }

  @Override
  MemberIdentity identity() {
    return identity;
  }

  @Override
  int epoch() {
    return epoch;
  }

  @Override
  Set<String> topics() {
    return topics;
  }

  @Override
  Set<TopicPartition> owned() {
    Set<TopicPartition> all = new HashSet<>();
    owned.forEach(
        (topic, numbers) ->
            numbers.forEach(
                number -> all.add(new TopicPartition(GroupSimulation.nameOf(topic), number))));
    return all;
  }

  @Override
  boolean isAtWork() {
    return true;
  }

  @Override
  void speak() {
    long sent = world.simulation().now();
    boolean all = saysAll;
    saysAll = false;
    request(
        new ConsumerHeartbeatRequest(
            Requests.GROUP,
            identity,
            epoch,
            Consumers.CLIENT,
            all ? subscription : ConsumerSubscription.UNCHANGED,
            all || world.simulation().oneIn(2) ? Optional.of(owned) : Optional.empty()),
        ConsumerHeartbeatReply.class,
        PATIENCE,
        reply -> accept(reply, sent));
  }

  private void accept(ConsumerHeartbeatReply reply, long sent) {
    if (reply.error() != Errors.NONE) {
      letGo();
      return;
    }
    heardOf(sent);
    epoch = reply.memberEpoch();
    Map<Uuid, Set<Integer>> before = owned;
    reply.assignment().ifPresent(assigned -> owned = assigned);
    saysAll |= !owned.equals(before);
    owns();
  }

  @Override
  GroupRequest goodbye() {
    return Consumers.beat(identity, ConsumerHeartbeatRequest.LEAVE, Optional.empty());
  }

  @Override
  OffsetsQuery question(Set<TopicPartition> partitions) {
    MemberClaim claim = new MemberClaim(identity.memberId(), epoch);
    return new OffsetsQuery(Requests.GROUP, Optional.of(partitions), false, Optional.of(claim));
  }

  @Override
  void forget() {
    owned = Map.of();
    epoch = 0;
    saysAll = true;
  }

  /** What was in the answer is not known then, so that all has to be told and asked again. */
  @Override
  void unanswered() {
    saysAll = true;
  }
}
