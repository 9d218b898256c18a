package io.castalia.actors.group;

import io.castalia.actors.group.Answered.Answer;
import io.castalia.actors.group.GroupCommand.Ask;
import io.castalia.actors.group.GroupCommand.Durable;
import io.castalia.actors.group.GroupLogic.Asked;
import io.castalia.actors.group.SlotCommand.Busy;
import io.castalia.actors.group.SlotCommand.Ended;
import io.castalia.actors.group.SlotCommand.Gone;
import io.castalia.actors.group.SlotCommand.Idle;
import io.castalia.actors.group.SlotCommand.Persist;
import io.castalia.actors.group.SlotCommand.Report;
import io.castalia.actors.group.SlotCommand.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A slot whose log is open: it knows which groups there are, starts their coordinators on demand,
 * writes what they decide, and stops those that have nothing to do. Groups with members always have
 * a coordinator, since their sessions must be watched. Not thread-safe; belongs to one slot.
 */
final class OpenSlot {
  /** Groups woken together to look for expired offsets. */
  private static final int WOKEN_PER_SWEEP = 200;

  private final GroupResources resources;
  private final SlotChildren children;
  private final ActorRef<SlotEvent> journal;
  private final SlotWrites writes = new SlotWrites();
  private final Map<String, GroupMark> groups = new HashMap<>();

  /** Coordinators that have ended before all was written that they had handed over. */
  private final List<Ended> endedEarly = new ArrayList<>();

  private SlotState state;

  OpenSlot(SlotTies ties, SlotChildren children, ActorRef<SlotEvent> journal, SlotState state) {
    this.resources = ties.resources();
    this.children = children;
    this.journal = journal;
    this.state = state;
  }

  void start() {
    GroupWorld world = resources.world();
    state
        .records()
        .forEach(
            (groupId, record) -> {
              GroupState group = GroupState.recovered(record, world.rules(), world.now());
              groups.put(groupId, GroupMark.of(group, world, resources.settings().checkInterval()));
            });
    groups.forEach(
        (groupId, mark) -> {
          if (mark.active()) {
            start(groupId);
          }
        });
    sweep();
  }

  private void start(String groupId) {
    children.start(groupId, state.record(groupId));
  }

  void route(Ask ask) {
    String groupId = ask.request().groupId();
    if (children.has(groupId)) {
      children.pass(ask);
    } else if (groups.containsKey(groupId)) {
      startAndPass(ask);
    } else {
      routeToNothing(ask);
    }
  }

  /** A group that is not there answers by the same rules; some requests create it. */
  private void routeToNothing(Ask ask) {
    GroupWorld world = resources.world();
    GroupState nothing = GroupState.recovered(GroupRecord.NONE, world.rules(), world.now());
    GroupDecision decision =
        GroupLogic.decide(nothing, List.of(new Asked(0, ask.request())), world);
    if (decision.state().exists()) {
      groups.put(ask.request().groupId(), GroupMark.NEW);
      startAndPass(ask);
    } else {
      decision.answers().forEach(answer -> ask.replyTo().tell(new Answer(answer.reply())));
    }
  }

  private void startAndPass(Ask ask) {
    start(ask.request().groupId());
    children.pass(ask);
  }

  void list(SlotCommand.List list) {
    list.replyTo().tell(SlotListing.of(groups, children::phase, list.query()));
  }

  void persist(Persist persist) {
    writes.add(persist);
    write();
  }

  private void write() {
    writes.next().ifPresent(journal::tell);
  }

  void written(Written written) {
    state = written.state();
    writes.written().forEach(each -> each.coordinator().tell(new Durable()));
    write();
    List<Ended> again = List.copyOf(endedEarly);
    endedEarly.clear();
    again.forEach(this::ended);
  }

  void learn(Report report) {
    children.learn(report.groupId(), report.phase());
    groups.put(report.groupId(), report.mark());
  }

  void passivate(Idle idle) {
    groups.put(idle.groupId(), idle.mark());
    children.stop(idle.groupId());
  }

  /** It may have been forgotten in the meantime. */
  void resume(Busy busy) {
    children.resume(busy.groupId());
    groups.putIfAbsent(busy.groupId(), GroupMark.NEW);
  }

  void forget(Gone gone) {
    groups.remove(gone.groupId());
    children.stop(gone.groupId());
  }

  /**
   * A group with members needs its coordinator. The next one begins with what is durable, so it has
   * to wait for what the last one has handed over.
   */
  void ended(Ended ended) {
    String groupId = ended.groupId();
    if (writes.concern(groupId)) {
      children.stop(groupId);
      endedEarly.add(ended);
      return;
    }
    children.ended(groupId, ended.coordinator());
    GroupMark mark = groups.get(groupId);
    if (mark != null && mark.active() && !children.has(groupId)) {
      start(groupId);
    }
  }

  void sweep() {
    long now = resources.clock().millis();
    groups.entrySet().stream()
        .filter(each -> each.getValue().checkAt() <= now && !children.has(each.getKey()))
        .map(Map.Entry::getKey)
        .limit(WOKEN_PER_SWEEP)
        .toList()
        .forEach(this::check);
  }

  /** Who only asks for a group must find it as it is listed, so that nothing else checks it. */
  private void check(String groupId) {
    start(groupId);
    children.check(groupId);
  }

  void close() {
    children.clear();
  }
}
