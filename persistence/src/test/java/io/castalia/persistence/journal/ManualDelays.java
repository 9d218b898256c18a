package io.castalia.persistence.journal;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when the test says so. */
final class ManualDelays implements Delays {
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::time));
  private long now;

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void after(Duration delay, Runnable task) {
    tasks.add(new Task(now + delay.toNanos(), task));
  }

  /** Runs what falls due within this time, in order. */
  void advance(Duration time) {
    long end = now + time.toNanos();
    Task next = tasks.peek();
    while (next != null && next.time() <= end) {
      tasks.remove(next);
      now = next.time();
      next.action().run();
      next = tasks.peek();
    }
    now = end;
  }

  private record Task(long time, Runnable action) {}
}
