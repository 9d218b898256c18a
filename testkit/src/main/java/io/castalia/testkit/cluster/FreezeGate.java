package io.castalia.testkit.cluster;

/**
 * Whether a node's threads may begin their next task. A task that has begun is finished, so that a
 * frozen node stops between two messages, and holds no lock of the process that others wait for.
 */
final class FreezeGate {
  private volatile boolean frozen;

  /** Waits while frozen. */
  void pass() {
    if (frozen) {
      await();
    }
  }

  private synchronized void await() {
    boolean interrupted = false;
    while (frozen) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void freeze() {
    frozen = true;
  }

  synchronized void thaw() {
    frozen = false;
    notifyAll();
  }
}
