package io.castalia.persistence.journal;

import java.util.List;
import org.apache.pekko.util.ByteString;

/**
 * A row to be, before it is known where in the log it lies.
 *
 * @param writerUuid the incarnation of the persistent actor that writes
 * @param events at least one, ascending by sequence number
 * @param positions what the bulk covers
 * @param bulk the payload kept apart, or empty
 */
record EntryDraft(String writerUuid, List<Event> events, Positions positions, ByteString bulk) {
  EntryDraft {
    events = List.copyOf(events);
    if (events.isEmpty()) {
      throw new IllegalArgumentException("expected at least one event, but there is none");
    }
  }

  long firstSequence() {
    return events.get(0).sequence();
  }

  long lastSequence() {
    return events.get(events.size() - 1).sequence();
  }
}
