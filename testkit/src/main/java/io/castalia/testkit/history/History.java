package io.castalia.testkit.history;

import io.castalia.testkit.history.HistoryEvent.Acknowledged;
import io.castalia.testkit.history.HistoryEvent.Observed;
import io.castalia.testkit.history.HistoryEvent.Sent;
import java.util.ArrayList;
import java.util.List;

/**
 * Events in the order in which they became known, written by any number of threads.
 *
 * <p>A send must be recorded before the record is handed to the client, and an acknowledgement or
 * observation after it came back: then an event recorded earlier was never caused by one recorded
 * later.
 */
public final class History {

  private final List<HistoryEvent> events = new ArrayList<>();

  public void sent(String partition, RecordId id, long digest) {
    add(new Sent(partition, id, digest));
  }

  public void acknowledged(String partition, RecordId id, long offset) {
    add(new Acknowledged(partition, id, offset));
  }

  public void observed(String reader, String partition, long offset, RecordId id, long digest) {
    add(new Observed(reader, partition, offset, id, digest));
  }

  /** A copy of what is known so far. */
  public synchronized List<HistoryEvent> events() {
    return List.copyOf(events);
  }

  private synchronized void add(HistoryEvent event) {
    events.add(event);
  }
}
