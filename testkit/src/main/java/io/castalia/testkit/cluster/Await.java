package io.castalia.testkit.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what a cluster will come to. */
final class Await {
  private static final long PAUSE_NANOS = Duration.ofMillis(25).toNanos();

  private Await() {}

  /**
   * Looks again and again until there is something.
   *
   * @param what is waited for, in words
   * @param state what to say of the cluster when it did not come
   * @throws AssertionError if there is nothing after that long
   */
  static <T> T until(String what, Duration patience, Supplier<Optional<T>> look, Object state) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "expected %s within %d s, but it was not so; %s"
                .formatted(what, patience.toSeconds(), state));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
