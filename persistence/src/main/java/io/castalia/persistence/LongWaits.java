package io.castalia.persistence;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says now and then, in one line, what has been waited for for long. Times are by one clock of
 * nanoseconds. One thread at a time.
 */
public final class LongWaits {
  /** What takes less is not worth a line. */
  public static final Duration LONG = Duration.ofSeconds(5);

  /** Between two lines. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private static final int MOST_NAMED = 3;

  private final String title;
  private Optional<Long> lastSaid = Optional.empty();

  /**
   * Nothing has been said yet.
   *
   * @param title what the waits have in common; the line begins with it
   */
  public LongWaits(String title) {
    this.title = title;
  }

  /**
   * One wait.
   *
   * @param subject who or what waits
   * @param what what for
   * @param since when it began
   */
  public record Wait(String subject, String what, long since) {}

  /**
   * Looks once.
   *
   * @return the line, if there is something to say and nothing was said a short while ago
   */
  public Optional<String> line(Stream<Wait> all, long now) {
    if (lastSaid.filter(last -> now - last < PAUSE.toNanos()).isPresent()) {
      return Optional.empty();
    }
    List<Wait> slow =
        all.filter(wait -> now - wait.since() >= LONG.toNanos())
            .sorted(Comparator.comparingLong(wait -> wait.since() - now))
            .toList();
    if (slow.isEmpty()) {
      return Optional.empty();
    }
    lastSaid = Optional.of(now);
    String longest =
        slow.stream()
            .limit(MOST_NAMED)
            .map(wait -> named(wait, now))
            .collect(Collectors.joining(", "));
    return Optional.of(
        "%s: %d for %d s or longer; %s".formatted(title, slow.size(), LONG.toSeconds(), longest));
  }

  private static String named(Wait wait, long now) {
    return "\"%s\" for %d s (%s)"
        .formatted(wait.subject(), Duration.ofNanos(now - wait.since()).toSeconds(), wait.what());
  }
}
