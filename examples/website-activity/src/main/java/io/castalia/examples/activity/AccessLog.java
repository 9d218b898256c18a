package io.castalia.examples.activity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * A web server's access log.
 *
 * @param lines one request each
 */
record AccessLog(List<String> lines) {
  private static final String SHIPPED = "/access.log.gz";

  AccessLog {
    lines = List.copyOf(lines);
  }

  /** The log that comes with the example: 10,000 requests. */
  static AccessLog shipped() throws IOException {
    InputStream resource =
        Objects.requireNonNull(AccessLog.class.getResourceAsStream(SHIPPED), SHIPPED);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8))) {
      return new AccessLog(reader.lines().toList());
    }
  }

  static AccessLog of(Path file) throws IOException {
    return new AccessLog(Files.readAllLines(file, StandardCharsets.UTF_8));
  }

  int size() {
    return lines.size();
  }

  /** Who sent the request of a line: the key of its record. */
  static String client(String line) {
    int end = line.indexOf(' ');
    return end < 0 ? line : line.substring(0, end);
  }

  /** The answer to a question by a plain loop over the lines, which the groups must come to. */
  Map<String, Long> count(Question question) {
    Map<String, Long> counts = new TreeMap<>();
    for (String line : lines) {
      question.countedAs(line).ifPresent(thing -> counts.merge(thing, 1L, Long::sum));
    }
    return counts;
  }
}
