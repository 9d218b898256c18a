package io.castalia.actors.group;

import io.castalia.actors.group.CommitRequest.OffsetToCommit;
import io.castalia.testkit.simulation.Place;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/**
 * A member of the consumer protocol as clients are: one request at a time, each until it is
 * answered or its connection is given up; reads on from what was committed.
 */
final class SimulatedMember {
  private static final Duration PATIENCE = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofMillis(150);

  private final GroupSimulation world;
  private final Place place;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private Map<Uuid, Set<Integer>> owned = Map.of();
  private int epoch;
  private boolean saysAll = true;
  private boolean leaving;
  private long certainUntil;

  SimulatedMember(GroupSimulation world, Place place) {
    this.world = world;
    this.place = place;
    beat();
  }

  String id() {
    return place.name();
  }

  Place place() {
    return place;
  }

  void leave() {
    leaving = true;
  }

  /** What it has, as long as it cannot have been given up without knowing. */
  Set<TopicPartition> ownedForCertain() {
    return place.isDead() || world.simulation().now() >= certainUntil ? Set.of() : owned();
  }

  Set<TopicPartition> owned() {
    Set<TopicPartition> all = new HashSet<>();
    owned.forEach(
        (topic, numbers) ->
            numbers.forEach(number -> all.add(new TopicPartition(world.nameOf(topic), number))));
    return all;
  }

  private void next() {
    Set<TopicPartition> unread = owned();
    unread.removeAll(positions.keySet());
    if (leaving) {
      letGo();
      request(Consumers.leave(id()), ConsumerHeartbeatReply.class, left -> place.kill());
    } else if (!unread.isEmpty() && !world.simulation().oneIn(3)) {
      begin(unread);
    } else if (!positions.isEmpty() && world.simulation().oneIn(2)) {
      commit();
    } else {
      beat();
    }
  }

  private void beat() {
    long sent = world.simulation().now();
    request(
        new ConsumerHeartbeatRequest(
            Requests.GROUP,
            MemberIdentity.of(id()),
            epoch,
            Consumers.CLIENT,
            saysAll ? Consumers.to("a", "b") : ConsumerSubscription.UNCHANGED,
            Optional.of(owned)),
        ConsumerHeartbeatReply.class,
        reply -> accept(reply, sent));
  }

  private void accept(ConsumerHeartbeatReply reply, long sent) {
    if (reply.error() != Errors.NONE) {
      letGo();
      epoch = 0;
      saysAll = true;
      return;
    }
    // Less what is lost when the coordinator counts in whole milliseconds.
    certainUntil = sent + GroupSimulation.SESSION.minusMillis(1).toNanos();
    epoch = reply.memberEpoch();
    saysAll = false;
    reply.assignment().ifPresent(assigned -> owned = assigned);
    positions.keySet().retainAll(owned());
    world.checkOwners();
  }

  private void letGo() {
    owned = Map.of();
    positions.clear();
  }

  private void begin(Set<TopicPartition> unread) {
    Map<TopicPartition, Long> atLeast = new HashMap<>();
    unread.forEach(each -> atLeast.put(each, world.ledger().doneUpTo(each)));
    request(
        new OffsetsQuery(
            Requests.GROUP, Optional.of(unread), false, Optional.of(new MemberClaim(id(), epoch))),
        OffsetsReply.class,
        reply ->
            reply
                .offsets()
                .forEach(
                    (partition, committed) -> {
                      if (committed.error() == Errors.NONE) {
                        long offset = Math.max(0, committed.offset());
                        long done = atLeast.getOrDefault(partition, 0L);
                        world.ledger().begun(id(), partition, offset, done);
                        positions.put(partition, offset);
                      }
                    }));
  }

  /** Reads on and commits; what it has read it has read, whatever becomes of the commit. */
  private void commit() {
    positions.replaceAll((partition, at) -> at + world.simulation().random().nextInt(4));
    Map<TopicPartition, Long> committed = Map.copyOf(positions);
    Map<TopicPartition, OffsetToCommit> offsets = new HashMap<>();
    committed.forEach(
        (partition, at) -> offsets.put(partition, new OffsetToCommit(at, OptionalInt.empty(), "")));
    request(
        new CommitRequest(
            Requests.GROUP, MemberIdentity.of(id()), epoch, Optional.empty(), offsets),
        CommitReply.class,
        reply -> {
          if (reply.partitions().values().stream().allMatch(Errors.NONE::equals)) {
            world.ledger().acknowledged(committed);
          }
        });
  }

  private <R extends GroupReply> void request(
      GroupRequest request, Class<R> type, Consumer<R> accept) {
    AtomicBoolean over = new AtomicBoolean();
    SimulatedCoordinator coordinator = world.coordinator();
    world
        .network()
        .send(
            coordinator.place(),
            () -> {
              // A connection that was given up brings nothing any more.
              if (!over.get()) {
                coordinator.ask(
                    request, reply -> answered(over, () -> accept.accept(type.cast(reply))));
              }
            });
    // What was in the answer is not known then, so that all has to be told and asked again.
    place.after(PATIENCE, () -> end(over, () -> saysAll = true));
  }

  private void answered(AtomicBoolean over, Runnable accept) {
    world.network().send(place, () -> end(over, accept));
  }

  private void end(AtomicBoolean over, Runnable accept) {
    if (!over.getAndSet(true)) {
      accept.run();
      place.after(world.simulation().upTo(PAUSE), this::next);
    }
  }
}
