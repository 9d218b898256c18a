package io.castalia.persistence.journal;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes when the test says so. Thread-safe; what falls due runs on the test's thread.
 */
final class ManualDelays implements Delays {
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::time));
  private long now;

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized void after(Duration delay, Runnable task) {
    tasks.add(new Task(now + delay.toNanos(), task));
  }

  /** Whether anything happens when time passes. */
  synchronized boolean areAwaited() {
    return !tasks.isEmpty();
  }

  /** Runs what falls due within this time, in order. */
  void advance(Duration time) {
    long end = nanoTime() + time.toNanos();
    Task next = due(end);
    while (next != null) {
      next.action().run();
      next = due(end);
    }
  }

  /** Takes the next task out and lets time pass until it, or until the end if there is none. */
  private synchronized @Nullable Task due(long end) {
    Task next = tasks.peek();
    if (next == null || next.time() > end) {
      now = end;
      return null;
    }
    tasks.remove(next);
    now = next.time();
    return next;
  }

  private record Task(long time, Runnable action) {}
}
