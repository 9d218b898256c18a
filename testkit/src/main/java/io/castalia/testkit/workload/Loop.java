package io.castalia.testkit.workload;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Something that a thread of its own does again and again until it is told to end. */
final class Loop {
  private final Thread thread;
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private volatile boolean running = true;

  /**
   * Begins at once.
   *
   * @param step done again and again
   * @param end done once at the end, in the same thread, failed or not
   */
  Loop(String name, Runnable step, Runnable end) {
    thread = new Thread(() -> run(step, end), name);
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Runnable step, Runnable end) {
    try {
      while (running) {
        step.run();
      }
    } catch (RuntimeException e) {
      failure.set(e);
    } finally {
      end.run();
    }
  }

  /**
   * Ends it after the step that it is at.
   *
   * @throws IllegalStateException if a step failed
   */
  void end() {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted when \"" + thread.getName() + "\" was to end", e);
    }
    RuntimeException cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException(
          "expected \"" + thread.getName() + "\" to go on until told to end, but it failed", cause);
    }
  }
}
