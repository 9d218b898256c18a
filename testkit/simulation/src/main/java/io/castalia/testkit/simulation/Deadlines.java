package io.castalia.testkit.simulation;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What happens after one and the same time, and so in the order in which it was begun. */
public final class Deadlines {
  private final Simulation simulation;
  private final long nanos;
  private final ArrayDeque<Task> tasks = new ArrayDeque<>();

  Deadlines(Simulation simulation, long nanos) {
    this.simulation = simulation;
    this.nanos = nanos;
  }

  /** Does something when the time that begins now has passed. */
  public void begin(Place place, Runnable action) {
    tasks.add(simulation.task(place, nanos, action));
  }

  @Nullable Task peek() {
    return tasks.peek();
  }

  void remove() {
    tasks.remove();
  }
}
