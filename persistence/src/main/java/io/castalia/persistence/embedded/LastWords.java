package io.castalia.persistence.embedded;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds, in what a JVM printed before it ended, the line that says why. */
final class LastWords {
  private static final String CAUSE = "Caused by: ";
  private static final String WARNING = "WARNING: ";
  private static final Pattern STARTUP = Pattern.compile(".*encountered during startup: (?=.)");

  private LastWords() {}

  /** The innermost cause, else what Cassandra calls the reason, else the last line; or nothing. */
  static String cause(List<String> printed) {
    String cause = last(printed, line -> line.startsWith(CAUSE));
    if (cause.isEmpty()) {
      cause = last(printed, line -> STARTUP.matcher(line).lookingAt());
    }
    if (cause.isEmpty()) {
      cause = last(printed, LastWords::isStatement);
    }
    String told = cause.startsWith(CAUSE) ? cause.substring(CAUSE.length()) : cause;
    return STARTUP.matcher(told).replaceFirst("").strip();
  }

  /** What any Cassandra prints as a warning of its JVM says nothing of its end. */
  private static boolean isStatement(String line) {
    return !line.isBlank() && !Character.isWhitespace(line.charAt(0)) && !line.startsWith(WARNING);
  }

  private static String last(List<String> lines, Predicate<String> wanted) {
    return lines.stream().filter(wanted).reduce((first, second) -> second).orElse("");
  }
}
