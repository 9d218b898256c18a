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
  private GroupRecord before = GroupRecord.NONE;
  private GroupRecord stored = GroupRecord.NONE;
  private GroupState live;
  private boolean writing;
  private int incarnation;

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
    List<Request> batch = List.copyOf(queue);
    queue.clear();
    List<Asked> asked = new ArrayList<>();
    for (int ticket = 0; ticket < batch.size(); ticket++) {
      asked.add(new Asked(ticket, batch.get(ticket).request()));
    }
    GroupDecision decision = GroupLogic.decide(live, asked, world.world());
    if (decision.events().isEmpty()) {
      live = decision.state();
      answer(decision, batch);
      return;
    }
    write(decision, batch);
  }

  private void write(GroupDecision decision, List<Request> batch) {
    writing = true;
    int writer = incarnation;
    boolean early = world.mutant() == GroupMutant.ANSWERED_BEFORE_WRITTEN;
    if (early) {
      answer(decision, batch);
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
            answer(decision, batch);
          }
          decide();
        });
  }

  private void store(GroupRecord record) {
    before = stored;
    stored = record;
    world.ledger().stored(stored);
  }

  private static void answer(GroupDecision decision, List<Request> batch) {
    decision
        .answers()
        .forEach(each -> batch.get((int) each.ticket()).answer().accept(each.reply()));
  }

  /** What is being written is lost, and so is everybody who waits. */
  void crash() {
    incarnation++;
    writing = false;
    queue.clear();
    if (world.mutant() == GroupMutant.LAST_WRITE_FORGOTTEN) {
      stored = before;
      world.ledger().stored(stored);
    }
    live = GroupState.recovered(stored, world.rules(), world.millis());
  }

  private GroupRequest mutated(GroupRequest request) {
    if (world.mutant() == GroupMutant.COMMITS_NOT_CHECKED
        && request instanceof CommitRequest commit) {
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
    if (world.mutant() == GroupMutant.RELEASE_NOT_AWAITED
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
    return request;
  }

  private Optional<ConsumerMember> anyMember() {
    return live instanceof ConsumerState consumers
        ? consumers.consumers().all().stream().findFirst()
        : Optional.empty();
  }
}
