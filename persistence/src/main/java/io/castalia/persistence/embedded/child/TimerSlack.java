package io.castalia.persistence.embedded.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How much later than asked Linux may end a thread's wait for a time. Cassandra's threads that are
 * out of work look for some again after a few microseconds, thousands of times a second, which with
 * the 50 microseconds that are usual here takes half a core. A thread that sends work wakes one up
 * where none is looking, so hardly anything comes later.
 */
final class TimerSlack {
  /** As a system property. */
  private static final String MICROS = "castalia.timer-slack-micros";

  private static final long DEFAULT_MICROS = 200;

  /** Leads to the directory of the calling thread: process, "task", thread. */
  private static final Path SELF = Path.of("/proc/thread-self");

  private TimerSlack() {}

  /** What this process is to have. */
  static Duration wanted() {
    return Duration.ofNanos(1_000 * Long.getLong(MICROS, DEFAULT_MICROS));
  }

  /**
   * Sets it for this thread, and so for all threads that it starts from now on. Where the system
   * has no such thing, nothing is changed.
   *
   * @return whether it was set
   */
  static boolean set(Duration slack) {
    try {
      Files.writeString(file(), Long.toString(slack.toNanos()));
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** A thread may write its own, and only by its number: "self" is the first thread. */
  static Path file() throws IOException {
    Path thread = Files.readSymbolicLink(SELF).getFileName();
    return Path.of("/proc").resolve(thread).resolve("timerslack_ns");
  }
}
