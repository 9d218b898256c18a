package io.castalia.examples.activity;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What has been counted of one partition, and how far: the state and its offset are one value, so
 * that nothing can come between them. Whoever counts the same records gets an equal tally.
 *
 * @param next the offset of the first record that is not counted yet
 * @param counts how often each thing was met
 */
record Tally(long next, Map<String, Long> counts) {
  static final Tally NOTHING = new Tally(0, Map.of());

  private static final String FIELD = "\t";
  private static final String LINE = "\n";

  Tally {
    counts = Map.copyOf(counts);
  }

  /** The further one of two of the same partition. */
  static Tally further(Tally one, Tally other) {
    return one.next >= other.next ? one : other;
  }

  /** This and another partition's. */
  Tally and(Tally other) {
    Map<String, Long> both = new TreeMap<>(counts);
    other.counts.forEach((thing, count) -> both.merge(thing, count, Long::sum));
    return new Tally(next + other.next, both);
  }

  /** As it is kept: a line with the offset, then a line for each count. */
  String toText() {
    return new TreeMap<>(counts)
        .entrySet().stream()
            .map(each -> LINE + each.getValue() + FIELD + each.getKey())
            .collect(Collectors.joining("", Long.toString(next), ""));
  }

  /**
   * Reads what {@link #toText} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Tally parse(String text) {
    String[] lines = text.split(LINE, -1);
    Map<String, Long> counts = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] fields = lines[i].split(FIELD, 2);
      if (fields.length != 2) {
        throw new IllegalArgumentException(
            "expected a count and what was counted, but got \"" + lines[i] + "\"");
      }
      counts.put(fields[1], Long.parseLong(fields[0]));
    }
    return new Tally(Long.parseLong(lines[0]), counts);
  }
}
