package io.castalia.persistence.journal;

import java.time.Duration;

/** Passing time, as the journal needs it: never for safety, only for when to try again. */
public interface Delays {

  /** A clock that only its differences mean something of, in nanoseconds. */
  long nanoTime();

  /** Runs the task once, this much later. */
  void after(Duration delay, Runnable task);
}
