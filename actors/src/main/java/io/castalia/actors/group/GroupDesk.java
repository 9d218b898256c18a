package io.castalia.actors.group;

import io.castalia.actors.group.Answered.Held;
import io.castalia.actors.group.Answered.Lost;
import io.castalia.actors.group.GroupCommand.Ask;
import io.castalia.actors.group.GroupLogic.Asked;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Who waits for an answer of a coordinator: for a decision, for a write, or for other members. Not
 * thread-safe; belongs to one coordinator.
 */
final class GroupDesk {
  /** More requests of one group that wait for a decision are turned away. */
  static final int MAX_QUEUED = 20_000;

  private final Queue<Ask> queue = new ArrayDeque<>();
  private final Map<Long, Ask> waiting = new HashMap<>();
  private List<Long> fresh = List.of();
  private long lastTicket;

  /** Takes a request in; tells whether it is the first of a new batch. */
  boolean take(Ask ask) {
    if (queue.size() >= MAX_QUEUED) {
      ask.replyTo().tell(new Lost());
      return false;
    }
    queue.add(ask);
    return queue.size() == 1;
  }

  /** All requests that wait for a decision, in their order. */
  List<Asked> next() {
    List<Asked> batch = new ArrayList<>(queue.size());
    List<Long> tickets = new ArrayList<>(queue.size());
    while (!queue.isEmpty()) {
      Ask ask = queue.remove();
      lastTicket++;
      waiting.put(lastTicket, ask);
      tickets.add(lastTicket);
      batch.add(new Asked(lastTicket, ask.request()));
    }
    fresh = tickets;
    return batch;
  }

  /**
   * Gives answers, and tells those of the last batch that have none that they must wait.
   *
   * @param how gives one answer
   */
  void give(
      List<GroupDecision.Answer> answers,
      ActorRef<GroupCommand> self,
      BiConsumer<ActorRef<Answered>, GroupReply> how) {
    for (GroupDecision.Answer answer : answers) {
      Ask ask = waiting.remove(answer.ticket());
      if (ask != null) {
        how.accept(ask.replyTo(), answer.reply());
      }
    }
    for (Long ticket : fresh) {
      Ask ask = waiting.get(ticket);
      if (ask != null) {
        ask.replyTo().tell(new Held(self));
      }
    }
    fresh = List.of();
  }

  boolean isFree() {
    return queue.isEmpty() && waiting.isEmpty();
  }

  /** The coordinator ends or begins anew: nobody here will be answered. */
  void close() {
    queue.forEach(ask -> ask.replyTo().tell(new Lost()));
    waiting.values().forEach(ask -> ask.replyTo().tell(new Lost()));
    queue.clear();
    waiting.clear();
    fresh = List.of();
  }
}
