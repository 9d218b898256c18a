package io.castalia.bench.applications;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * A request in a web server's access log.
 *
 * @param client its address
 * @param time in milliseconds since the epoch
 * @param what number of the line and path, which no other has
 */
public record Hit(String client, long time, String what) {
  private static final Pattern LINE =
      Pattern.compile("(\\S+) \\S+ \\S+ \\[([^]]+)] \"\\S+ (\\S+) .*");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
  private static final Pattern ASSET =
      Pattern.compile(".*\\.(png|css|js|jpe?g|ico|gif|svg)(\\?.*)?");

  /**
   * The requests of a log in the order of their times; other lines are left out.
   *
   * @param log compressed by gzip
   * @param lines of it that are read, at most
   */
  public static List<Hit> read(Path log, int lines) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(log)), StandardCharsets.UTF_8))) {
      return of(reader.lines().limit(lines).toList());
    }
  }

  private static List<Hit> of(List<String> log) {
    return IntStream.range(0, log.size())
        .mapToObj(number -> parse(number, log.get(number)))
        .flatMap(Optional::stream)
        .sorted(Comparator.comparingLong(Hit::time))
        .toList();
  }

  private static Optional<Hit> parse(int number, String line) {
    Matcher matcher = LINE.matcher(line);
    return matcher.matches()
        ? Optional.of(
            new Hit(
                matcher.group(1),
                OffsetDateTime.parse(matcher.group(2), TIME).toInstant().toEpochMilli(),
                number + " " + matcher.group(3)))
        : Optional.empty();
  }

  /** Whether it is for a part of a page: a picture, a style, a script. */
  public boolean isAsset() {
    return ASSET.matcher(what).matches();
  }
}
