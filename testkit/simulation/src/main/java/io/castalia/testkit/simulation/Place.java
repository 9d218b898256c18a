package io.castalia.testkit.simulation;

import java.time.Duration;

/** Where things happen that freeze and die together: a node, or a machine. */
public final class Place {
  private final Simulation simulation;
  private final String name;
  private long frozenUntil;
  private boolean dead;

  Place(Simulation simulation, String name) {
    this.simulation = simulation;
    this.name = name;
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** Does something here later, unless the place has died by then. */
  public void after(Duration delay, Runnable action) {
    simulation.schedule(this, delay.toNanos(), action);
  }

  /** Nothing happens here for a while; what was to happen in the meantime happens then. */
  public void freeze(Duration time) {
    frozenUntil = simulation.now() + time.toNanos();
  }

  /** Nothing happens here any more. */
  public void kill() {
    dead = true;
  }

  /** Whether it was killed. */
  public boolean isDead() {
    return dead;
  }

  long frozenUntil() {
    return frozenUntil;
  }

  @Override
  public String toString() {
    return name;
  }
}
