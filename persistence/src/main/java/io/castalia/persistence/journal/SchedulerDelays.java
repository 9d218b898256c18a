package io.castalia.persistence.journal;

import java.time.Duration;
import org.apache.pekko.actor.ActorSystem;

/** Delays on an actor system's scheduler. */
public final class SchedulerDelays implements Delays {
  private final ActorSystem system;

  public SchedulerDelays(ActorSystem system) {
    this.system = system;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void after(Duration delay, Runnable task) {
    system.scheduler().scheduleOnce(delay, task, system.dispatcher());
  }
}
