package io.castalia.bench.compare;

import io.castalia.bench.compare.Scenario.Direction;
import io.castalia.bench.server.Broker;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Samples as a Markdown table: medians, the spread in parentheses, and ratios to the first side.
 */
final class ComparisonTable {

  private static final String HEADER =
      """
      | load | side | MB/s | records/s | p99 ms | first : this | server CPU s/GB | client CPU s/GB \
      | written : payload | peak RSS MB |
      |---|---|---|---|---|---|---|---|---|---|
      """;

  private ComparisonTable() {}

  static String format(List<Broker> sides, List<Sample> samples) {
    StringBuilder text = new StringBuilder();
    sides.forEach(
        side -> text.append(side.name()).append(": ").append(side.durability()).append('\n'));
    text.append('\n').append(HEADER);
    for (Scenario scenario : samples.stream().map(Sample::scenario).distinct().toList()) {
      List<Sample> first = of(samples, scenario, sides.get(0));
      sides.forEach(side -> text.append(row(scenario, side, of(samples, scenario, side), first)));
    }
    return text.toString();
  }

  private static List<Sample> of(List<Sample> samples, Scenario scenario, Broker side) {
    return samples.stream()
        .filter(sample -> sample.scenario().equals(scenario) && sample.side().equals(side.name()))
        .toList();
  }

  private static String row(
      Scenario scenario, Broker side, List<Sample> samples, List<Sample> first) {
    double speed = Spread.of(samples, Sample::mebibytesPerSecond).median();
    double firstSpeed = Spread.of(first, Sample::mebibytesPerSecond).median();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %.2f | %s | %s | %s | %.0f |%n",
        scenario.name(),
        side.name(),
        cell(samples, Sample::mebibytesPerSecond, 1),
        cell(samples, sample -> sample.load().recordsPerSecond(), 0),
        scenario.direction() == Direction.PRODUCE
            ? cell(samples, sample -> sample.load().p99Millis(), 0)
            : "-",
        firstSpeed / speed,
        cell(samples, Sample::serverCpuPerGigabyte, 1),
        cell(samples, Sample::clientCpuPerGigabyte, 1),
        cell(samples, Sample::writtenPerByte, 2),
        Spread.of(samples, sample -> sample.server().peakResidentBytes() / 1e6).highest());
  }

  private static String cell(List<Sample> samples, ToDoubleFunction<Sample> figure, int digits) {
    return Spread.of(samples, figure).format(digits);
  }
}
