package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.STRINGS;
import static io.castalia.streams.processing.Bench.TEXT;
import static io.castalia.streams.processing.Bench.writeWindows;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random records out of order, by windows and in joins, give what a batch computation gives. */
class WindowsAgainstBatchTest {
  private static final int RECORDS = 120;
  private static final int SPAN = 200;
  private static final Duration GRACE = Duration.ofSeconds(1);

  private record Event(String key, String value, long time) {
    String text() {
      return "%s=%s@%d".formatted(key, value, time);
    }
  }

  private static List<Event> events(long seed, String side) {
    Random random = new Random(seed * 31 + side.hashCode());
    return IntStream.range(0, RECORDS)
        .mapToObj(
            i -> new Event(random.nextBoolean() ? "a" : "b", side + i, 100 + random.nextInt(SPAN)))
        .toList();
  }

  private static Map<String, List<Event>> byKey(Collection<Event> events) {
    return events.stream().collect(Collectors.groupingBy(Event::key));
  }

  /** The last value of each key. */
  private static Map<String, String> table(List<String> changes) {
    Map<String, String> table = new HashMap<>();
    for (String change : changes) {
      String[] pair = change.split("=", 2);
      if (pair[1].equals("-")) {
        table.remove(pair[0]);
      } else {
        table.put(pair[0], pair[1]);
      }
    }
    return table;
  }

  private static Map<String, String> counted(Bench bench, List<Event> events) {
    bench.in("in", events.stream().map(Event::text).toArray(String[]::new));
    return table(bench.out("out"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldCountInSlidingWindows(long seed) {
    List<Event> events = events(seed, "v");
    long difference = 1 + seed * 3;
    Bench bench =
        new Bench(
            builder ->
                writeWindows(
                    builder.stream("in", TEXT)
                        .groupByKey()
                        .windowedBy(
                            SlidingWindows.ofTimeDifferenceAndGrace(
                                Duration.ofMillis(difference), GRACE))
                        .count(),
                    "out"));

    Map<String, String> expected = new HashMap<>();
    byKey(events)
        .forEach(
            (key, ofKey) -> {
              TreeSet<Long> starts = new TreeSet<>();
              for (Event event : ofKey) {
                starts.add(event.time() - difference);
                starts.add(event.time() + 1);
              }
              for (long start : starts) {
                long count =
                    ofKey.stream()
                        .filter(e -> e.time() >= start && e.time() <= start + difference)
                        .count();
                if (count > 0) {
                  expected.put(
                      "%s[%d,%d]".formatted(key, start, start + difference), Long.toString(count));
                }
              }
            });
    assertThat(counted(bench, events)).as("seed %d", seed).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldCountInSessions(long seed) {
    List<Event> events = events(seed, "v");
    Bench bench =
        new Bench(
            builder ->
                writeWindows(
                    builder.stream("in", TEXT)
                        .groupByKey()
                        .windowedBy(
                            SessionWindows.ofInactivityGapAndGrace(Duration.ofMillis(seed), GRACE))
                        .count(),
                    "out"));

    Map<String, String> expected = new HashMap<>();
    byKey(events)
        .forEach(
            (key, ofKey) -> {
              List<Long> times = ofKey.stream().map(Event::time).sorted().toList();
              int from = 0;
              for (int i = 0; i < times.size(); i++) {
                if (i + 1 == times.size() || times.get(i + 1) - times.get(i) > seed) {
                  expected.put(
                      "%s[%d,%d]".formatted(key, times.get(from), times.get(i)),
                      Integer.toString(i + 1 - from));
                  from = i + 1;
                }
              }
            });
    assertThat(counted(bench, events)).as("seed %d", seed).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldJoinStreams(long seed) {
    List<Event> lefts = events(seed, "l");
    List<Event> rights = events(seed, "r");
    JoinWindows windows =
        JoinWindows.ofTimeDifferenceAndGrace(Duration.ofMillis(2), GRACE)
            .after(Duration.ofMillis(seed));
    Bench bench =
        new Bench(
            builder -> {
              KStream<String, String> left = builder.stream("left", TEXT);
              KStream<String, String> right = builder.stream("right", TEXT);
              StreamJoined<String, String, String> serdes =
                  StreamJoined.with(STRINGS, STRINGS, STRINGS);
              left.join(right, (l, r) -> l + "+" + r, windows, serdes).to("inner", AS_TEXT);
              left.leftJoin(right, (l, r) -> l + "+" + r, windows, serdes).to("lefts", AS_TEXT);
              left.outerJoin(right, (l, r) -> l + "+" + r, windows, serdes).to("outer", AS_TEXT);
            });
    for (int i = 0; i < RECORDS; i++) {
      bench.in("left", lefts.get(i).text()).in("right", rights.get(i).text());
    }
    bench.in("left", "end=end@100000").in("right", "end=end@100000");

    List<String> inner = new ArrayList<>();
    Map<Event, Boolean> met = new HashMap<>();
    for (Event left : lefts) {
      for (Event right : rights) {
        long later = right.time() - left.time();
        if (left.key().equals(right.key()) && later >= -2 && later <= seed) {
          inner.add(
              "%s=%s+%s@%d"
                  .formatted(
                      left.key(),
                      left.value(),
                      right.value(),
                      Math.max(left.time(), right.time())));
          met.put(left, true);
          met.put(right, true);
        }
      }
    }
    List<String> loneLefts =
        lefts.stream()
            .filter(event -> !met.containsKey(event))
            .map(e -> "%s=%s+null@%d".formatted(e.key(), e.value(), e.time()))
            .toList();
    List<String> loneRights =
        rights.stream()
            .filter(event -> !met.containsKey(event))
            .map(e -> "%s=null+%s@%d".formatted(e.key(), e.value(), e.time()))
            .toList();
    inner.add("end=end+end@100000");
    List<String> left = new ArrayList<>(inner);
    left.addAll(loneLefts);
    List<String> outer = new ArrayList<>(left);
    outer.addAll(loneRights);

    assertThat(bench.timed("inner")).containsExactlyInAnyOrderElementsOf(inner);
    assertThat(bench.timed("lefts")).containsExactlyInAnyOrderElementsOf(left);
    assertThat(bench.timed("outer")).containsExactlyInAnyOrderElementsOf(outer);
    assertThat(met).isNotEmpty();
    assertThat(loneLefts).isNotEmpty();
  }
}
