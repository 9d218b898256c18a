package io.castalia.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A world on one thread whose every delay, loss and failure comes from a seed: the same seed runs
 * the same way again. Time passes from one thing that happens to the next, and costs none.
 */
public final class Simulation {
  private final SplittableRandom random;
  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private final List<Deadlines> deadlines = new ArrayList<>();
  private Runnable invariant = () -> {};
  private long now;
  private long scheduled;

  /** A world in which nothing has happened yet. */
  public Simulation(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Where every choice comes from. */
  public SplittableRandom random() {
    return random;
  }

  /** One of so many times. */
  public boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** Some time from 1 ms to a maximum. */
  public Duration upTo(Duration max) {
    return Duration.ofMillis(1 + random.nextLong(max.toMillis()));
  }

  /** How long the world has been there, in nanoseconds. */
  public long now() {
    return now;
  }

  /** A new place. */
  public Place place(String name) {
    return new Place(this, name);
  }

  /** For what always takes the same time: cheaper than {@link Place#after}. */
  public Deadlines deadlines(Duration time) {
    Deadlines created = new Deadlines(this, time.toNanos());
    deadlines.add(created);
    return created;
  }

  /** To be checked after all that happens: throws if what must hold does not. */
  public void always(Runnable check) {
    invariant = check;
  }

  /** Lets what happens within this time happen. */
  public void run(Duration time) {
    long end = now + time.toNanos();
    for (Task next = take(end); next != null; next = take(end)) {
      now = next.time;
      long thaw = next.place.frozenUntil();
      if (thaw > now) {
        schedule(next.place, thaw - now, next.action);
      } else if (!next.place.isDead()) {
        next.action.run();
        invariant.run();
      }
    }
    now = end;
  }

  void schedule(Place place, long nanos, Runnable action) {
    tasks.add(task(place, nanos, action));
  }

  Task task(Place place, long nanos, Runnable action) {
    return new Task(now + nanos, scheduled++, place, action);
  }

  private @Nullable Task take(long end) {
    Task first = tasks.peek();
    Deadlines from = null;
    for (Deadlines each : deadlines) {
      Task due = each.peek();
      if (due != null && (first == null || due.compareTo(first) < 0)) {
        first = due;
        from = each;
      }
    }
    if (first == null || first.time > end) {
      return null;
    }
    if (from == null) {
      tasks.remove();
    } else {
      from.remove();
    }
    return first;
  }
}
