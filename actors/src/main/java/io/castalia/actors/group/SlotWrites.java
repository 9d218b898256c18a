package io.castalia.actors.group;

import io.castalia.actors.group.SlotCommand.Persist;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * What the coordinators of a slot have to persist. One write is in flight; all that comes meanwhile
 * is the next one, as far as it fits. A coordinator has one request here at a time, so there are no
 * more than groups, and one that decides much waits behind the others. Not thread-safe; belongs to
 * one slot.
 */
final class SlotWrites {
  /** A write is no larger, in bytes, unless it is of a single decision that is. */
  static final int MAX_BYTES = 256 * 1024;

  private final Queue<Persist> waiting = new ArrayDeque<>();
  private List<Persist> inFlight = List.of();

  void add(Persist persist) {
    waiting.add(persist);
  }

  /** What to write now; nothing if a write is in flight already, or nothing waits. */
  Optional<SlotEvent> next() {
    if (!inFlight.isEmpty() || waiting.isEmpty()) {
      return Optional.empty();
    }
    List<Persist> batch = new ArrayList<>();
    long room = MAX_BYTES;
    do {
      Persist first = waiting.remove();
      batch.add(first);
      room -= first.size();
    } while (!waiting.isEmpty() && waiting.element().size() <= room);
    inFlight = batch;
    return Optional.of(
        new SlotEvent(batch.stream().flatMap(each -> each.changes().stream()).toList()));
  }

  /** The write in flight is durable: these have been waiting for it. */
  List<Persist> written() {
    List<Persist> done = inFlight;
    inFlight = List.of();
    return done;
  }

  /** Whether something of a group has not been written yet. */
  boolean concern(String groupId) {
    return Stream.concat(inFlight.stream(), waiting.stream())
        .anyMatch(each -> each.groupId().equals(groupId));
  }
}
