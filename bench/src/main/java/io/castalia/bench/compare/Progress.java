package io.castalia.bench.compare;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a client prints now and then while it works, and what that tells whoever started it.
 *
 * @param seconds since it began
 * @param records since it began
 * @param recordsPerSecond since it told last
 * @param longestPauseMillis in which it got on with nothing, since it told last
 */
record Progress(double seconds, long records, double recordsPerSecond, double longestPauseMillis) {

  private static final Pattern LINE =
      Pattern.compile(
          "so far ([\\d.]+) s, (\\d+) records; at last ([\\d.]+) records/sec, ([\\d.]+) ms pause");
  private static final double MEBIBYTE = 1024 * 1024;

  /** A line that {@link #in} understands. */
  String line() {
    return String.format(
        Locale.ROOT,
        "so far %.1f s, %d records; at last %.1f records/sec, %.1f ms pause",
        seconds,
        records,
        recordsPerSecond,
        longestPauseMillis);
  }

  /** All of it in what a client has printed until now. */
  static List<Progress> in(String printed) {
    return LINE.matcher(printed).results().map(Progress::of).toList();
  }

  private static Progress of(MatchResult line) {
    return new Progress(
        Double.parseDouble(line.group(1)),
        Long.parseLong(line.group(2)),
        Double.parseDouble(line.group(3)),
        Double.parseDouble(line.group(4)));
  }

  /** For people. */
  String describe(int recordBytes) {
    return String.format(
        Locale.ROOT,
        "%.0f s, %,d records, at last %.1f MB/s, longest stall %.0f ms",
        seconds,
        records,
        recordsPerSecond * recordBytes / MEBIBYTE,
        longestPauseMillis);
  }
}
