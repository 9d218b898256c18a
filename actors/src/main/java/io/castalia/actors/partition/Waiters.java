package io.castalia.actors.partition;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Those who wait for records. Counts bytes over the last commits, so that one who has not seen some
 * of them yet is answered by what lies beyond its own view. Who has waited too long is forgotten
 * without an answer: the other side keeps the time. Thread-safe.
 */
final class Waiters {
  /** How many commits back a waiter's view may lie; one further back is answered at once. */
  private static final int REMEMBERED_COMMITS = 64;

  private final Map<String, Waiting> byName = new HashMap<>();
  private final ArrayDeque<Commit> commits = new ArrayDeque<>();
  private long highWatermark;
  private long total;
  private boolean closed;

  /**
   * What somebody waits for.
   *
   * @param highWatermark what the waiter has seen
   * @param bytes how many bytes beyond it are wanted
   * @param maxWait after this the waiter has gone
   * @param waiter who waits; replaces an earlier wait of the same
   */
  record Wish(long highWatermark, int bytes, Duration maxWait, String waiter) {}

  private record Waiting(long total, long deadline, Runnable wake) {}

  private record Commit(long firstOffset, long highWatermark, long totalBefore) {}

  /** Nobody waits yet. */
  Waiters(long highWatermark) {
    this.highWatermark = highWatermark;
  }

  /**
   * One more, who may be woken at once.
   *
   * @param now milliseconds since the epoch
   * @param wake run once, on any thread, with no lock held
   */
  void add(Wish wish, long now, Runnable wake) {
    List<Runnable> woken = new ArrayList<>();
    synchronized (this) {
      Waiting replaced = byName.remove(wish.waiter());
      if (replaced != null) {
        woken.add(replaced.wake());
      }
      long wanted = totalAt(wish.highWatermark()) + wish.bytes();
      if (closed || wish.bytes() <= 0 || wanted <= total) {
        woken.add(wake);
      } else {
        byName.put(wish.waiter(), new Waiting(wanted, now + wish.maxWait().toMillis(), wake));
      }
    }
    woken.forEach(Runnable::run);
  }

  /** Bytes were appended and acknowledged. */
  void committed(long firstOffset, long newHighWatermark, int bytes) {
    List<Runnable> woken = new ArrayList<>();
    synchronized (this) {
      highWatermark = newHighWatermark;
      commits.add(new Commit(firstOffset, newHighWatermark, total));
      if (commits.size() > REMEMBERED_COMMITS) {
        commits.remove();
      }
      total += bytes;
      byName
          .values()
          .removeIf(
              waiting -> {
                boolean done = waiting.total() <= total;
                if (done) {
                  woken.add(waiting.wake());
                }
                return done;
              });
    }
    woken.forEach(Runnable::run);
  }

  synchronized boolean isEmpty(long now) {
    byName.values().removeIf(waiting -> waiting.deadline() < now);
    return byName.isEmpty();
  }

  /** Wakes all, and from now on whoever comes. */
  void close() {
    List<Runnable> woken;
    synchronized (this) {
      closed = true;
      woken = byName.values().stream().map(Waiting::wake).toList();
      byName.clear();
    }
    woken.forEach(Runnable::run);
  }

  /** Bytes counted when the log ended at {@code seen}; far in the past if that is forgotten. */
  private long totalAt(long seen) {
    if (seen >= highWatermark) {
      return total;
    }
    for (Commit commit : commits) {
      if (commit.firstOffset() <= seen && seen < commit.highWatermark()) {
        return commit.totalBefore();
      }
    }
    return Integer.MIN_VALUE;
  }
}
