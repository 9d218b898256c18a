package io.castalia.actors.group;

import io.castalia.actors.group.GroupLogic.Asked;
import io.castalia.testkit.simulation.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.requests.ConsumerGroupHeartbeatRequest;

/**
 * A coordinator around the group's own logic: it decides together what has come in while it was
 * writing, and answers when that is written. It dies and begins anew with what is stored.
 */
final class SimulatedCoordinator {
  private static final Duration LONGEST_WRITE = Duration.ofMillis(30);
  private static final Duration TICK = Duration.ofMillis(50);

  private final GroupSimulation world;
  private final Place place;
  private final List<Request> queue = new ArrayList<>();
  private final Map<Long, Consumer<GroupReply>> waiting = new HashMap<>();
  private GroupRecord before = GroupRecord.NONE;
  private GroupRecord stored = GroupRecord.NONE;
  private GroupState live;
  private boolean writing;
  private int incarnation;
  private long tickets;

  private record Request(GroupRequest request, Consumer<GroupReply> answer) {}

  SimulatedCoordinator(GroupSimulation world, Place place) {
    this.world = world;
    this.place = place;
    this.live = GroupState.recovered(stored, world.rules(), world.millis());
    tick();
  }

  Place place() {
    return place;
  }

  GroupState state() {
    return live;
  }

  void ask(GroupRequest request, Consumer<GroupReply> answer) {
    queue.add(new Request(mutated(request), answer));
    decide();
  }

  private void tick() {
    decide();
    place.after(TICK, this::tick);
  }

  private void decide() {
    if (writing) {
      return;
    }
    List<Asked> asked = new ArrayList<>();
    for (Request each : queue) {
      tickets++;
      waiting.put(tickets, each.answer());
      asked.add(new Asked(tickets, each.request()));
    }
    queue.clear();
    GroupDecision decision = GroupLogic.decide(live, asked, world.world());
    world.ledger().decided(live.record(), decision);
    if (decision.events().isEmpty()) {
      live = decision.state();
      answer(decision);
    } else {
      write(decision);
    }
  }

  private void write(GroupDecision decision) {
    writing = true;
    int writer = incarnation;
    boolean early = world.mutant() == GroupMutant.ANSWERED_BEFORE_WRITTEN;
    if (early) {
      answer(decision);
    }
    place.after(
        world.simulation().upTo(LONGEST_WRITE),
        () -> {
          if (writer != incarnation) {
            return;
          }
          store(decision.state().record());
          live = decision.state();
          writing = false;
          if (!early) {
            answer(decision);
          }
          decide();
        });
  }

  private void store(GroupRecord record) {
    before = stored;
    stored = record;
    world.ledger().stored(stored);
  }

  private void answer(GroupDecision decision) {
    for (GroupDecision.Answer each : decision.answers()) {
      Consumer<GroupReply> answer = waiting.remove(each.ticket());
      if (answer != null) {
        answer.accept(each.reply());
      }
    }
  }

  /** What is being written is lost, and so is everybody who waits. */
  void crash() {
    incarnation++;
    writing = false;
    queue.clear();
    waiting.clear();
    if (world.mutant() == GroupMutant.LAST_WRITE_FORGOTTEN) {
      stored = before;
      world.ledger().stored(stored);
    }
    live = GroupState.recovered(stored, world.rules(), world.millis());
  }

  private GroupRequest mutated(GroupRequest request) {
    GroupMutant mutant = world.mutant();
    if (mutant == GroupMutant.COMMITS_NOT_CHECKED && request instanceof CommitRequest commit) {
      return anyMember()
          .<GroupRequest>map(
              member ->
                  new CommitRequest(
                      commit.groupId(),
                      member.identity(),
                      member.epoch(),
                      commit.retention(),
                      commit.offsets()))
          .orElse(commit);
    }
    if (mutant == GroupMutant.RELEASE_NOT_AWAITED
        && request instanceof ConsumerHeartbeatRequest beat
        && beat.memberEpoch() > ConsumerGroupHeartbeatRequest.JOIN_GROUP_MEMBER_EPOCH) {
      return new ConsumerHeartbeatRequest(
          beat.groupId(),
          beat.member(),
          beat.memberEpoch(),
          beat.client(),
          beat.subscription(),
          Optional.of(Map.copyOf(new HashMap<>())));
    }
    if (mutant == GroupMutant.JOINS_NOT_AWAITED && request instanceof JoinRequest join) {
      return timed(join, join.sessionTimeout(), Duration.ofMillis(1));
    }
    if (mutant == GroupMutant.SESSIONS_TOO_SHORT && request instanceof JoinRequest join) {
      return timed(join, GroupSimulation.SHORT_SESSION, join.rebalanceTimeout());
    }
    return request;
  }

  private static JoinRequest timed(JoinRequest join, Duration session, Duration rebalance) {
    return new JoinRequest(
        join.groupId(),
        join.member(),
        join.client(),
        session,
        rebalance,
        join.protocolType(),
        join.protocols(),
        join.options());
  }

  private Optional<ConsumerMember> anyMember() {
    return live instanceof ConsumerState consumers
        ? consumers.consumers().all().stream().findFirst()
        : Optional.empty();
  }
}
