package io.castalia.bench.cluster;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long partitions were out of service, by what happened. Not thread-safe. */
final class Outages {

  private final Map<Fault, List<Long>> millis = new EnumMap<>(Fault.class);
  private final Map<Fault, Integer> times = new EnumMap<>(Fault.class);

  /** It has happened once more; one duration for each partition. */
  void add(Fault fault, List<Long> partitions) {
    millis.computeIfAbsent(fault, unused -> new ArrayList<>()).addAll(partitions);
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
    text.append("| time without service per partition | times | median | p99 | longest | aim |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (Fault fault : millis.keySet()) {
      List<Long> sorted = of(fault);
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %d ms | %d ms | %d ms | %s |%n",
              fault.label(),
              times.getOrDefault(fault, 0),
              percentile(sorted, 50),
              percentile(sorted, 99),
              longest(sorted),
              fault.aim().map(aim -> aim.toMillis() + " ms").orElse("-")));
    }
    return text.toString();
  }
}
