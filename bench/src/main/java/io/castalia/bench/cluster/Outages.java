package io.castalia.bench.cluster;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long partitions were out of service, by what happened. Not thread-safe. */
final class Outages {

  private final Map<Fault, List<Long>> millis = new EnumMap<>(Fault.class);
  private final Map<Fault, List<Long>> latencies = new EnumMap<>(Fault.class);
  private final Map<Fault, Integer> times = new EnumMap<>(Fault.class);

  /**
   * It has happened once more.
   *
   * @param partitions how long each was out of service, in milliseconds
   * @param records how long each record took that was acknowledged meanwhile, in milliseconds
   */
  void add(Fault fault, List<Long> partitions, List<Long> records) {
    millis.computeIfAbsent(fault, unused -> new ArrayList<>()).addAll(partitions);
    latencies.computeIfAbsent(fault, unused -> new ArrayList<>()).addAll(records);
    times.merge(fault, 1, Integer::sum);
  }

  /** Nothing where it has not happened. */
  List<Long> of(Fault fault) {
    return millis.getOrDefault(fault, List.of()).stream().sorted().toList();
  }

  /**
   * The value that so many of a hundred do not exceed.
   *
   * @param sorted not empty
   */
  static long percentile(List<Long> sorted, double percent) {
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  static long longest(List<Long> sorted) {
    return sorted.get(sorted.size() - 1);
  }

  /** Whether no aim was missed. */
  boolean meetAims() {
    return millis.keySet().stream()
        .allMatch(
            fault ->
                fault.aim().isEmpty()
                    || longest(of(fault)) <= fault.aim().orElseThrow().toMillis());
  }

  /** A table for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "| time without service per partition | times | median | p99 | longest | aim"
            + " | latency of records meanwhile: p50, p99 |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (Fault fault : millis.keySet()) {
      List<Long> sorted = of(fault);
      List<Long> records = latencies.getOrDefault(fault, List.of()).stream().sorted().toList();
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %d ms | %d ms | %d ms | %s | %s |%n",
              fault.label(),
              times.getOrDefault(fault, 0),
              percentile(sorted, 50),
              percentile(sorted, 99),
              longest(sorted),
              fault.aim().map(aim -> aim.toMillis() + " ms").orElse("-"),
              records.isEmpty()
                  ? "-"
                  : percentile(records, 50) + " ms, " + percentile(records, 99) + " ms"));
    }
    return text.toString();
  }
}
