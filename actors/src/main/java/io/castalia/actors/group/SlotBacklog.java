package io.castalia.actors.group;

import io.castalia.actors.group.Answered.Lost;
import io.castalia.actors.group.GroupCommand.Ask;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The requests that a slot has received and not looked at yet, most of which its journal has
 * stashed. Not thread-safe; belongs to one slot.
 */
final class SlotBacklog {
  /** More requests that wait for a slot are turned away. */
  static final int MAX_WAITING = 20_000;

  private final Set<Ask> waiting = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Takes a request in; one that is too much is answered, and false given back. */
  boolean enter(Ask ask) {
    if (waiting.size() >= MAX_WAITING) {
      ask.replyTo().tell(new Lost());
      return false;
    }
    waiting.add(ask);
    return true;
  }

  /** A request is looked at; false if it has been answered already. */
  boolean leave(Ask ask) {
    return waiting.remove(ask);
  }

  /** The slot ends or begins anew: whether it still finds what waits here is not certain. */
  void close() {
    waiting.forEach(ask -> ask.replyTo().tell(new Lost()));
    waiting.clear();
  }
}
