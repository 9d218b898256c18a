package io.castalia.examples.activity;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request, as a web server logs it in Apache's common or combined format.
 *
 * @param client the address that it came from
 * @param page the path that it asked for, without the query
 * @param status the HTTP status that it was answered with
 */
record LogLine(String client, String page, int status) {
  private static final Pattern FORMAT =
      Pattern.compile("(\\S+) \\S+ \\S+ \\[[^]]*] \"\\S+ ([^\\s?]+)\\S*[^\"]*\" (\\d{3}) .*");
  private static final int FIRST_FAILURE = 400;

  /** Reads a line; nothing if it is in no such format. */
  static Optional<LogLine> parse(String line) {
    Matcher matcher = FORMAT.matcher(line);
    return matcher.matches()
        ? Optional.of(
            new LogLine(matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  boolean failed() {
    return status >= FIRST_FAILURE;
  }
}
