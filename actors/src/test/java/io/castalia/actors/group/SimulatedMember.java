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
import org.apache.kafka.common.protocol.Errors;

/**
 * A member as clients are: one request at a time, each until it is answered or its connection is
 * given up; reads on from what was committed.
 */
abstract class SimulatedMember {
  static final Duration PATIENCE = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofMillis(150);

  final GroupSimulation world;
  private final Place place;
  private final Optional<String> instance;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private boolean leaving;
  private long certainUntil;

  SimulatedMember(GroupSimulation world, Place place, Optional<String> instance) {
    this.world = world;
    this.place = place;
    this.instance = instance;
  }

  /** The id by which the coordinator knows it, or what that is to be. */
  abstract MemberIdentity identity();

  /** The epoch, or generation, that it has. */
  abstract int epoch();

  /** The topics that it wants. */
  abstract Set<String> topics();

  abstract Set<TopicPartition> owned();

  /** Whether it may do anything else before it speaks. */
  abstract boolean isAtWork();

  /** Does what the group's protocol wants now: joins, or tells that it is there. */
  abstract void speak();

  /** What it says when it leaves. */
  abstract GroupRequest goodbye();

  abstract OffsetsQuery question(Set<TopicPartition> partitions);

  /** It has nothing any more. */
  abstract void forget();

  /** Whether the last request was heard is not known. */
  abstract void unanswered();

  final Place place() {
    return place;
  }

  final Optional<String> instance() {
    return instance;
  }

  final void leave() {
    leaving = true;
  }

  /** What it has, as long as it cannot have been given up without knowing. */
  final Set<TopicPartition> ownedForCertain() {
    return place.isDead() || world.simulation().now() >= certainUntil ? Set.of() : owned();
  }

  /** The coordinator has heard of it after this time, so that nobody gives it up for a session. */
  final void heardOf(long sent) {
    // Less what is lost when the coordinator counts in whole milliseconds.
    certainUntil = sent + GroupSimulation.SESSION.minusMillis(1).toNanos();
  }

  /** It has been told what it has. */
  final void owns() {
    positions.keySet().retainAll(owned());
    world.checkOwners();
  }

  final void letGo() {
    forget();
    positions.clear();
  }

  final void next() {
    Set<TopicPartition> unread = new HashSet<>(owned());
    unread.removeAll(positions.keySet());
    unread.removeIf(partition -> !GroupSimulation.isRead(partition));
    if (leaving) {
      letGo();
      request(goodbye(), GroupReply.class, PATIENCE, left -> place.kill());
    } else if (!isAtWork()) {
      speak();
    } else if (!unread.isEmpty() && !world.simulation().oneIn(3)) {
      begin(unread);
    } else if (!positions.isEmpty() && world.simulation().oneIn(2)) {
      commit();
    } else {
      speak();
    }
  }

  private void begin(Set<TopicPartition> unread) {
    Map<TopicPartition, Long> atLeast = new HashMap<>();
    unread.forEach(each -> atLeast.put(each, world.ledger().doneUpTo(each)));
    request(
        question(unread),
        OffsetsReply.class,
        PATIENCE,
        reply ->
            reply
                .offsets()
                .forEach(
                    (partition, committed) -> {
                      if (committed.error() == Errors.NONE) {
                        long offset = Math.max(0, committed.offset());
                        long done = atLeast.getOrDefault(partition, 0L);
                        world.ledger().begun(place.name(), partition, offset, done);
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
        new CommitRequest(Requests.GROUP, identity(), epoch(), Optional.empty(), offsets),
        CommitReply.class,
        PATIENCE,
        reply -> {
          if (reply.partitions().values().stream().allMatch(Errors.NONE::equals)) {
            world.ledger().acknowledged(committed);
          }
        });
  }

  final <R extends GroupReply> void request(
      GroupRequest request, Class<R> type, Duration patience, Consumer<R> accept) {
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
    place.after(patience, () -> end(over, this::unanswered));
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
