package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Samples as a Markdown table: medians, the spread in parentheses, and ratios of the first side to
 * the others.
 */
final class ComparisonTable {

  private static final String HEADER =
      """
      | load | side | acknowledged | s | MB/s | records/s | p50 ms | p99 ms | longest stall ms \
      | first : this | server CPU s/GB | client CPU s/GB | written : payload | peak RSS MB |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  private ComparisonTable() {}

  static String format(List<Broker> sides, List<Sample> samples) {
    StringBuilder text = new StringBuilder(HEADER);
    for (Scenario scenario : samples.stream().map(Sample::scenario).distinct().toList()) {
      List<Sample> ofScenario =
          samples.stream().filter(sample -> sample.scenario().equals(scenario)).toList();
      List<Sample> first = of(ofScenario, ofScenario.get(0).side());
      sides.stream()
          .filter(side -> !of(ofScenario, side.name()).isEmpty())
          .forEach(side -> text.append(row(side, of(ofScenario, side.name()), first)));
    }
    return text.toString();
  }

  private static List<Sample> of(List<Sample> samples, String side) {
    return samples.stream().filter(sample -> sample.side().equals(side)).toList();
  }

  private static String row(Broker side, List<Sample> samples, List<Sample> first) {
    Scenario scenario = samples.get(0).scenario();
    double ratio = median(first, scenario.figure()::of) / median(samples, scenario.figure()::of);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.1f | %s | %s | %s | %s | %s | %.2f | %s | %s | %s | %.0f |%n",
        scenario.title(),
        side.name(),
        side.durability(),
        median(samples, Sample::seconds),
        cell(samples, Sample::mebibytesPerSecond, 1),
        cell(samples, sample -> sample.load().recordsPerSecond(), 0),
        known(samples, sample -> sample.load().latency().p50Millis()),
        known(samples, sample -> sample.load().latency().p99Millis()),
        known(samples, sample -> sample.load().longestPauseMillis()),
        ratio,
        serverCpu(samples),
        cell(samples, Sample::clientCpuPerGigabyte, 1),
        cell(samples, Sample::writtenPerByte, 2),
        Spread.of(samples, Sample::peakResidentMegabytes).highest());
  }

  private static String serverCpu(List<Sample> samples) {
    Set<String> servers = samples.get(0).servers().keySet();
    return servers.stream()
        .map(
            server ->
                String.format(
                    Locale.ROOT,
                    "%s %.1f",
                    server,
                    median(samples, sample -> sample.cpuPerGigabyte(server))))
        .collect(Collectors.joining(" + "));
  }

  private static String known(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    return median(samples, figure) == 0 ? "-" : cell(samples, figure, 1);
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    return Spread.of(samples, figure).median();
  }

  private static String cell(List<Sample> samples, ToDoubleFunction<Sample> figure, int digits) {
    return Spread.of(samples, figure).format(digits);
  }
}
