package io.castalia.bench.load;

/** Waiting for threads. */
public final class Threads {

  private Threads() {}

  /** Waits for a thread's end. */
  public static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + thread.getName(), e);
    }
  }
}
