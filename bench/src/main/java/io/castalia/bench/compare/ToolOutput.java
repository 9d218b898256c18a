package io.castalia.bench.compare;

import io.castalia.bench.compare.LoadResult.Latency;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How a tool's last line says what it did.
 *
 * @param form where in a line the figures are
 * @param reading of a line of that form; the processor time is filled in elsewhere
 */
record ToolOutput(Pattern form, Function<MatchResult, LoadResult> reading) {

  /** Kafka's producer tool. */
  static final ToolOutput PRODUCED =
      new ToolOutput(
          Pattern.compile(
              "(\\d+) records sent, ([\\d.]+) records/sec.* ([\\d.]+) ms 50th.* ([\\d.]+) ms 99th"),
          line -> result(line, latency(line), 0));

  /** {@link ConsumeAll}. */
  static final ToolOutput CONSUMED =
      new ToolOutput(
          Pattern.compile("(\\d+) records read, ([\\d.]+) records/sec, ([\\d.]+) ms longest pause"),
          line -> result(line, Latency.UNKNOWN, number(line, 3)));

  /** {@link LatencyProbe}. */
  static final ToolOutput TIMED =
      new ToolOutput(
          Pattern.compile(
              "(\\d+) records, half of them timed, ([\\d.]+) records/sec, ([\\d.]+) ms 50th,"
                  + " ([\\d.]+) ms 99th"),
          line -> result(line, latency(line), 0));

  /**
   * What was printed, as figures.
   *
   * @throws IllegalStateException if it speaks of no records, or of another number of them
   */
  LoadResult read(String printed, long expectedRecords) {
    LoadResult last = read(printed);
    if (last.records() != expectedRecords) {
      throw new IllegalStateException(
          "expected " + expectedRecords + " records, but the tool printed:\n" + printed);
    }
    return last;
  }

  /**
   * What was printed, as figures. The last line of the form counts: tools print intermediate
   * figures of the same form.
   *
   * @throws IllegalStateException if there is none
   */
  LoadResult read(String printed) {
    return form.matcher(printed)
        .results()
        .map(reading)
        .reduce((before, after) -> after)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "expected figures of records, but the tool printed:\n" + printed));
  }

  private static LoadResult result(MatchResult line, Latency latency, double longestPauseMillis) {
    return new LoadResult(
        Long.parseLong(line.group(1)), number(line, 2), latency, longestPauseMillis, 0);
  }

  private static Latency latency(MatchResult line) {
    return new Latency(number(line, 3), number(line, 4));
  }

  private static double number(MatchResult line, int group) {
    return Double.parseDouble(line.group(group));
  }
}
