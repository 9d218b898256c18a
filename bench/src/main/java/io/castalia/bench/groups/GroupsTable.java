package io.castalia.bench.groups;

import io.castalia.bench.compare.Spread;
import io.castalia.bench.groups.ShapeResult.Found;
import io.castalia.bench.groups.ShapeResult.Restart;
import io.castalia.bench.server.Broker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Results as Markdown tables: medians, the spread in parentheses, ratios to the first side. */
final class GroupsTable {
  private static final String LEFT_ALONE =
      """

      Members left to themselves (the intervals of Kafka's clients):

      | groups x members | load | side | a second | p50 ms | p99 ms | server CPU, cores | resident MB |
      |---|---|---|---|---|---|---|---|
      """;
  private static final String SUSTAINED =
      """

      The highest rate sustained with p99 below the limit:

      | groups x members | load | side | a second | first : this | p99 ms | server CPU us each \
      | client CPU us each |
      |---|---|---|---|---|---|---|---|
      """;
  private static final String JOINS =
      """

      All members at once:

      | groups x members | side | joined in s | restarted, ready in s | all served in s \
      | joined anew |
      |---|---|---|---|---|---|
      """;

  private final List<Broker> sides;
  private final List<ShapeResult> results;

  GroupsTable(List<Broker> sides, List<ShapeResult> results) {
    this.sides = List.copyOf(sides);
    this.results = List.copyOf(results);
  }

  String format() {
    StringBuilder text = new StringBuilder();
    sides.forEach(
        side -> text.append(side.name()).append(": ").append(side.durability()).append('\n'));
    text.append(LEFT_ALONE);
    rows().forEach(row -> text.append(leftAlone(row)));
    text.append(SUSTAINED);
    rows().forEach(row -> text.append(sustained(row)));
    text.append(JOINS);
    for (GroupShape shape : shapes()) {
      sides.forEach(side -> text.append(joins(shape, of(shape, side))));
    }
    return text.toString();
  }

  private record Row(GroupShape shape, GroupLoad load, Broker side) {}

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (GroupShape shape : shapes()) {
      Arrays.stream(GroupLoad.values())
          .filter(load -> results.stream().anyMatch(each -> has(each, shape, load)))
          .forEach(load -> sides.forEach(side -> rows.add(new Row(shape, load, side))));
    }
    return rows;
  }

  private static boolean has(ShapeResult result, GroupShape shape, GroupLoad load) {
    return result.shape().equals(shape) && result.loads().containsKey(load);
  }

  private List<GroupShape> shapes() {
    return results.stream().map(ShapeResult::shape).distinct().toList();
  }

  private List<ShapeResult> of(GroupShape shape, Broker side) {
    return results.stream()
        .filter(each -> each.shape().equals(shape) && each.side().equals(side.name()))
        .toList();
  }

  private List<Found> found(Row row) {
    return of(row.shape(), row.side()).stream().map(each -> each.loads().get(row.load())).toList();
  }

  private String leftAlone(Row row) {
    List<Level> levels = found(row).stream().map(Found::usual).toList();
    return line(
        row.shape(),
        row.load().title(),
        row.side().name(),
        number(levels.get(0).rate(), 0),
        cell(levels, level -> level.latencies().millis(0.5), 1),
        cell(levels, level -> level.latencies().millis(0.99), 1),
        cell(levels, level -> level.serverCpuMicros() * level.rate() / 1e6, 2),
        cell(levels, level -> level.server().residentBytes() / 1e6, 0));
  }

  private String sustained(Row row) {
    List<Found> found = found(row);
    double first = median(found(new Row(row.shape(), row.load(), sides.get(0))));
    return line(
        row.shape(),
        row.load().title(),
        row.side().name(),
        cell(found, Found::sustained, 0),
        number(first / median(found), 2),
        cell(found, each -> each.best().latencies().millis(0.99), 1),
        cell(found, each -> each.best().serverCpuMicros(), 0),
        cell(found, each -> each.best().clientCpuMicros(), 0));
  }

  private static double median(List<Found> found) {
    return Spread.of(found, Found::sustained).median();
  }

  private static String joins(GroupShape shape, List<ShapeResult> results) {
    List<Restart> restarts = results.stream().flatMap(each -> each.restart().stream()).toList();
    boolean none = restarts.isEmpty();
    return line(
        shape,
        results.get(0).side(),
        cell(results, each -> seconds(each.joining()), 2),
        none ? "-" : cell(restarts, each -> seconds(each.ready()), 2),
        none ? "-" : cell(restarts, each -> seconds(each.served()), 2),
        none ? "-" : cell(restarts, Restart::rejoined, 0));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private static <T> String cell(List<T> samples, ToDoubleFunction<T> figure, int digits) {
    return Spread.of(samples, figure).format(digits);
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static String line(Object... cells) {
    return Arrays.stream(cells)
        .map(Object::toString)
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
