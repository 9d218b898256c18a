package io.castalia.node.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and times as people write them. */
final class TimeWords {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private TimeWords() {}

  /**
   * Reads a number with a unit: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 2h}, {@code 7d}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected a duration such as 500ms, 30s, 10m, 2h or 7d, but it was \"" + text + "\"");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /**
   * Reads a point in time: a duration before {@code now}, an ISO instant, or a date with or without
   * a time of day, in UTC.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static Instant since(String text, Instant now) {
    if (DURATION.matcher(text.toLowerCase(Locale.ROOT)).matches()) {
      return now.minus(duration(text));
    }
    try {
      if (text.length() == 10) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      boolean hasZone = text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)");
      return hasZone
          ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from)
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "expected a time such as 2026-01-31T12:00:00Z or 10m, but it was \"" + text + "\"", e);
    }
  }
}
