package io.castalia.actors.group;

import io.castalia.actors.group.Answered.Lost;
import io.castalia.actors.group.GroupCommand.Ask;
import io.castalia.actors.group.GroupCommand.Stop;
import io.castalia.actors.group.GroupCommand.Sweep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * The coordinators that a slot has in memory. What comes for one that is stopping waits until it
 * has stopped, so that a group never has two.
 */
final class SlotChildren {
  /** More requests that wait for one coordinator to stop are turned away. */
  private static final int MAX_HELD = 10_000;

  private final ActorContext<SlotCommand> context;
  private final SlotTies ties;
  private final Map<String, Child> children = new HashMap<>();

  SlotChildren(ActorContext<SlotCommand> context, SlotTies ties) {
    this.context = context;
    this.ties = ties;
  }

  private static final class Child {
    private final ActorRef<GroupCommand> coordinator;
    private final List<Ask> held = new ArrayList<>();
    private GroupPhase phase = GroupPhase.EMPTY;
    private boolean loaded;
    private boolean stopping;

    Child(ActorRef<GroupCommand> coordinator) {
      this.coordinator = coordinator;
    }
  }

  boolean has(String groupId) {
    return children.containsKey(groupId);
  }

  /** The phase of a group, if its coordinator is there and has told it. */
  Optional<GroupPhase> phase(String groupId) {
    return Optional.ofNullable(children.get(groupId))
        .filter(child -> child.loaded)
        .map(child -> child.phase);
  }

  /**
   * Starts a coordinator.
   *
   * @param record what is persisted of the group, all of it
   */
  void start(String groupId, GroupRecord record) {
    ActorRef<GroupCommand> coordinator =
        context.spawnAnonymous(GroupCoordinator.create(groupId, record, ties));
    context.watchWith(coordinator, new SlotCommand.Ended(groupId, coordinator));
    children.put(groupId, new Child(coordinator));
  }

  /** Passes a request on to a coordinator that is there. */
  void pass(Ask ask) {
    Child child = children.get(ask.request().groupId());
    if (child == null) {
      throw new IllegalStateException(
          "expected a coordinator of \"" + ask.request().groupId() + "\"");
    }
    if (!child.stopping) {
      child.coordinator.tell(ask);
    } else if (child.held.size() < MAX_HELD) {
      child.held.add(ask);
    } else {
      ask.replyTo().tell(new Lost());
    }
  }

  /** Has a coordinator drop what has expired of its group. */
  void check(String groupId) {
    Child child = children.get(groupId);
    if (child != null) {
      child.coordinator.tell(new Sweep());
    }
  }

  void learn(String groupId, GroupPhase phase) {
    Child child = children.get(groupId);
    if (child != null) {
      child.loaded = true;
      child.phase = phase;
    }
  }

  void stop(String groupId) {
    Child child = children.get(groupId);
    if (child != null && !child.stopping) {
      child.stopping = true;
      child.coordinator.tell(new Stop());
    }
  }

  /** A coordinator goes on. */
  void resume(String groupId) {
    Child child = children.get(groupId);
    if (child != null && child.stopping) {
      child.stopping = false;
      child.held.forEach(child.coordinator::tell);
      child.held.clear();
    }
  }

  /** A coordinator has ended; what waited for that comes anew. */
  void ended(String groupId, ActorRef<GroupCommand> coordinator) {
    Child child = children.get(groupId);
    if (child != null && child.coordinator.equals(coordinator)) {
      children.remove(groupId);
      child.held.forEach(context.getSelf()::tell);
    }
  }

  /** All coordinators have been stopped with their slot. */
  void clear() {
    children.values().forEach(child -> child.held.forEach(ask -> ask.replyTo().tell(new Lost())));
    children.clear();
  }
}
