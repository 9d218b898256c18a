package io.castalia.persistence.read;

import io.castalia.persistence.LogEntry;
import io.castalia.persistence.ReadQuery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The tails of all logs that this node appends to, within one byte budget: first in, first out,
 * because a log's newest entries are read next and each reader reads them once.
 */
final class TailCache {
  /** What an entry costs beside its payload: the records, the ring slot and the queue node. */
  private static final int OVERHEAD_BYTES = 200;

  private record Slot(String log, LogEntry entry) {}

  private final long capacityBytes;
  private final ConcurrentHashMap<String, LogTail> tails = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Slot> order = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();

  TailCache(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  void append(String log, LogEntry entry) {
    tails.compute(
        log,
        (key, known) -> {
          LogTail tail = known == null ? new LogTail() : known;
          tail.append(entry);
          return tail;
        });
    order.add(new Slot(log, entry));
    if (bytes.addAndGet(weight(entry)) > capacityBytes) {
      evict();
    }
  }

  Optional<List<LogEntry>> read(ReadQuery query) {
    LogTail tail = tails.get(query.log());
    return tail == null ? Optional.empty() : tail.read(query);
  }

  /** Forgets a log. Its entries leave the budget when their turn comes. */
  void drop(String log) {
    tails.remove(log);
  }

  long bytes() {
    return bytes.get();
  }

  private void evict() {
    while (bytes.get() > capacityBytes) {
      Slot oldest = order.poll();
      if (oldest == null) {
        return;
      }
      bytes.addAndGet(-weight(oldest.entry()));
      tails.computeIfPresent(
          oldest.log(),
          (log, tail) -> {
            tail.removeUpTo(oldest.entry().firstPosition());
            return tail.isEmpty() ? null : tail;
          });
    }
  }

  private static long weight(LogEntry entry) {
    return OVERHEAD_BYTES + (long) entry.bulk().length();
  }
}
