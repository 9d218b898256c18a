package io.castalia.persistence.read;

import io.castalia.persistence.LogEntry;
import io.castalia.persistence.ReadQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The most recent entries of one log, an unbroken run of positions in a ring that grows as needed.
 * Safe for use by many threads.
 */
final class LogTail {
  private static final int INITIAL_CAPACITY = 8;

  private @Nullable LogEntry[] ring = new LogEntry[INITIAL_CAPACITY];
  private int head;
  private int size;

  /** Appends an entry; an entry that does not follow the last one starts a new run. */
  synchronized void append(LogEntry entry) {
    if (size > 0 && at(size - 1).lastPosition() + 1 != entry.firstPosition()) {
      clear();
    }
    if (size == ring.length) {
      grow();
    }
    ring[slot(size)] = entry;
    size++;
  }

  /**
   * Forgets all entries up to a position: those that are evicted at the same time need not come in
   * their order.
   */
  synchronized void removeUpTo(long position) {
    while (size > 0 && at(0).firstPosition() <= position) {
      ring[head] = null;
      head = slot(1);
      size--;
    }
  }

  synchronized boolean isEmpty() {
    return size == 0;
  }

  /** The entries that answer the query, or empty when its position lies outside this tail. */
  synchronized Optional<List<LogEntry>> read(ReadQuery query) {
    if (size == 0
        || query.position() < at(0).firstPosition()
        || query.position() > at(size - 1).lastPosition()) {
      return Optional.empty();
    }
    var found = new ArrayList<LogEntry>();
    long bytes = 0;
    for (int i = indexOf(query.position()); i < size; i++) {
      LogEntry entry = at(i);
      if (entry.firstPosition() >= query.limit()
          || (bytes >= query.maxBytes() && !found.isEmpty())) {
        break;
      }
      found.add(entry);
      bytes += entry.bulk().length();
    }
    return Optional.of(found);
  }

  private int indexOf(long position) {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at(middle).lastPosition() < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private LogEntry at(int index) {
    LogEntry entry = ring[slot(index)];
    if (entry == null) {
      throw new IllegalStateException("expected an entry at " + index + " of " + size);
    }
    return entry;
  }

  private int slot(int index) {
    return (head + index) & (ring.length - 1);
  }

  private void clear() {
    ring = new LogEntry[INITIAL_CAPACITY];
    head = 0;
    size = 0;
  }

  private void grow() {
    @Nullable LogEntry[] larger = new LogEntry[ring.length * 2];
    for (int i = 0; i < size; i++) {
      larger[i] = at(i);
    }
    ring = larger;
    head = 0;
  }
}
