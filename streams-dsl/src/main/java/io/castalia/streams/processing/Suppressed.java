package io.castalia.streams.processing;

import java.time.Duration;
import java.util.Optional;

/**
 * What is held back of the changes of a table.
 *
 * @param name of the store of what is held back, if it is to have one of its own
 * @param timeLimitMs how long changes of a key are held back, in milliseconds of event time;
 *     without it, until their window closes
 * @param maxRecords how many keys a task holds back at most
 * @param maxBytes how many bytes of keys and values a task holds back at most
 */
public record Suppressed(
    Optional<String> name, Optional<Long> timeLimitMs, long maxRecords, long maxBytes) {
  public Suppressed {
    if (maxRecords < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "expected to hold back at least 1 record and 1 byte, but it was %d and %d"
              .formatted(maxRecords, maxBytes));
    }
  }

  /**
   * All results of a window but the last one, which comes when the window has closed. With a limit,
   * a record fails that would have more windows held back: results that are not final are never
   * passed on.
   */
  public static Suppressed untilWindowCloses() {
    return new Suppressed(Optional.empty(), Optional.empty(), Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * All changes of a key but the last one of a span of time, which begins with the first change
   * that is held back and ends when the task's event time has passed its length. With a limit, what
   * has been held back longest is passed on early.
   *
   * @param timeLimit of event time; 0 passes everything on
   */
  public static Suppressed untilTimeLimit(Duration timeLimit) {
    return new Suppressed(
        Optional.empty(),
        Optional.of(Durations.notNegative(timeLimit, "a time to hold changes back")),
        Long.MAX_VALUE,
        Long.MAX_VALUE);
  }

  /** The same under a name. */
  public Suppressed withName(String other) {
    return new Suppressed(Optional.of(other), timeLimitMs, maxRecords, maxBytes);
  }

  /** The same with no more than so many keys, or windows of keys, held back in a task. */
  public Suppressed withMaxRecords(long most) {
    return new Suppressed(name, timeLimitMs, most, maxBytes);
  }

  /** The same with no more than so many bytes of keys and values held back in a task. */
  public Suppressed withMaxBytes(long most) {
    return new Suppressed(name, timeLimitMs, maxRecords, most);
  }
}
