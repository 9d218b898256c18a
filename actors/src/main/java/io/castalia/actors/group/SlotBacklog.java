package io.castalia.actors.group;

import io.castalia.actors.group.Answered.Lost;
import io.castalia.actors.group.GroupCommand.Ask;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/** The requests that come while a slot opens its log. Not thread-safe; belongs to one slot. */
final class SlotBacklog {
  /** More requests that wait for a slot are turned away. */
  static final int MAX_WAITING = 20_000;

  private final Queue<Ask> waiting = new ArrayDeque<>();

  /** Takes a request in; one that is too much is answered. */
  void add(Ask ask) {
    if (waiting.size() >= MAX_WAITING) {
      ask.replyTo().tell(new Lost());
    } else {
      waiting.add(ask);
    }
  }

  /** The log is open: the requests go on, in their order. */
  void release(Consumer<Ask> to) {
    waiting.forEach(to);
    waiting.clear();
  }

  /** The slot ends or begins anew: nobody here will be answered. */
  void close() {
    release(ask -> ask.replyTo().tell(new Lost()));
  }
}
