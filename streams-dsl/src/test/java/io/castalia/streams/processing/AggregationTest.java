package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.BY_TEXT;
import static io.castalia.streams.processing.Bench.STRINGS;
import static io.castalia.streams.processing.Bench.TEXT;
import static io.castalia.streams.processing.Bench.writeWindows;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counting, reducing and aggregating by key and by window, and tables that are grouped. */
class AggregationTest {
  private static final Duration TEN = Duration.ofMillis(10);
  private static final Materialized<String, String> AS_STRING = Materialized.with(STRINGS, STRINGS);

  @Test
  void shouldCountByKey() {
    Bench bench =
        new Bench(
            builder ->
                builder.stream("in", TEXT)
                    .groupByKey()
                    .count(Materialized.as("counts"))
                    .toStream()
                    .mapValues(String::valueOf)
                    .to("out", AS_TEXT));

    bench.in("in", "a=x", "b=x", "a=y", "-=x", "a=-");

    assertThat(bench.out("out")).containsExactly("a=1", "b=1", "a=2");
    assertThat(bench.kit().<String, Long>getKeyValueStore("counts").all())
        .containsExactly(KeyValue.pair("a", 2L), KeyValue.pair("b", 1L));
    assertThat(bench.kit().dropped()).containsEntry("counts: null key or value", 2L);
  }

  @Test
  void shouldReduceWindowsAndSessionsInStoresThatNobodyNamed() {
    Bench bench =
        new Bench(
            builder -> {
              KGroupedStream<String, String> grouped = builder.stream("in", TEXT).groupByKey();
              writeWindows(
                  grouped
                      .windowedBy(TimeWindows.ofSizeWithNoGrace(TEN))
                      .reduce((all, next) -> all + next),
                  "windows");
              writeWindows(
                  grouped
                      .windowedBy(SessionWindows.ofInactivityGapWithNoGrace(TEN))
                      .reduce((all, next) -> all + next),
                  "sessions");
            });

    bench.in("in", "a=x@1", "a=y@8", "a=z@12");

    assertThat(bench.out("windows")).containsExactly("a[0,10]=x", "a[0,10]=xy", "a[10,20]=z");
    assertThat(bench.out("sessions")).endsWith("a[1,12]=xyz");
  }

  @Test
  void shouldKeepWhatIsMadeOfATable() {
    Bench bench =
        new Bench(
            builder -> {
              KTable<String, String> rows = builder.table("in", TEXT);
              rows.filter((key, value) -> value.length() > 1, Materialized.as("long"));
              rows.mapValues((key, value) -> key + value)
                  .groupBy((key, value) -> KeyValue.pair(value, value), BY_TEXT)
                  .count()
                  .toStream()
                  .mapValues(String::valueOf)
                  .to("out", AS_TEXT);
            });

    bench.in("in", "a=x", "b=yy", "b=y");

    assertThat(bench.kit().<String, String>getKeyValueStore("long").all()).isEmpty();
    assertThat(bench.out("out")).containsExactly("ax=1", "byy=1", "byy=0", "by=1");
  }

  @Test
  void shouldTakeSerdesOneByOne() {
    Bench bench =
        new Bench(
            builder ->
                builder.stream("in", TEXT)
                    .selectKey((key, value) -> key)
                    .toTable(
                        Materialized.<String, String>as("rows")
                            .withKeySerde(STRINGS)
                            .withValueSerde(STRINGS)));

    bench.in("in", "a=x");

    assertThat(bench.kit().<String, String>getKeyValueStore("rows").get("a")).isEqualTo("x");
  }

  @Test
  void shouldRepartitionWhenKeysWereChanged() {
    Bench bench =
        new Bench(
            builder ->
                builder.stream("in", TEXT)
                    .groupBy((k, v) -> v, BY_TEXT)
                    .count()
                    .toStream()
                    .mapValues(String::valueOf)
                    .to("out", AS_TEXT));

    bench.in("in", "a=x", "b=x", "c=y");

    assertThat(bench.out("out")).containsExactly("x=1", "x=2", "y=1");
    assertThat(bench.out("test-group-1-repartition")).containsExactly("x=x", "x=x", "y=y");
  }

  @Test
  void shouldReduceAndAggregate() {
    Bench bench =
        new Bench(
            builder -> {
              KGroupedStream<String, String> grouped = builder.stream("in", TEXT).groupByKey();
              grouped.reduce((a, b) -> a + b).toStream().to("reduced", AS_TEXT);
              grouped
                  .aggregate(
                      () -> "<", (k, v, made) -> v.equals("end") ? null : made + v, AS_STRING)
                  .toStream()
                  .to("aggregated", AS_TEXT);
            });

    bench.in("in", "a=x@5", "a=y@3", "a=end@7", "a=z@9");

    assertThat(bench.timed("reduced"))
        .containsExactly("a=x@5", "a=xy@5", "a=xyend@7", "a=xyendz@9");
    assertThat(bench.timed("aggregated")).containsExactly("a=<x@5", "a=<xy@5", "a=-@7", "a=<z@9");
  }

  @Test
  void shouldCountInTumblingWindowsAndDropWhatIsLate() {
    Bench bench =
        new Bench(
            builder ->
                writeWindows(
                    builder.stream("in", TEXT)
                        .groupByKey()
                        .windowedBy(TimeWindows.ofSizeAndGrace(TEN, Duration.ofMillis(5)))
                        .count(Materialized.as("counts")),
                    "out"));

    bench.in("in", "a=x@1", "a=x@9", "a=x@12", "a=x@14", "a=late@2", "a=x@15", "a=late@3");

    assertThat(bench.out("out"))
        .containsExactly(
            "a[0,10]=1", "a[0,10]=2", "a[10,20]=1", "a[10,20]=2", "a[0,10]=3", "a[10,20]=3");
    assertThat(bench.kit().dropped()).containsEntry("counts: late", 1L);
  }

  @Test
  void shouldForgetWindowsThatHaveClosedUnlessTheyAreRetained() {
    TimeWindows windows = TimeWindows.ofSizeWithNoGrace(TEN);
    Bench bench =
        new Bench(
            builder -> {
              KGroupedStream<String, String> grouped = builder.stream("in", TEXT).groupByKey();
              grouped.windowedBy(windows).count(Materialized.as("short"));
              grouped
                  .windowedBy(windows)
                  .count(
                      Materialized.<String, Long>as("long").withRetention(Duration.ofMillis(30)));
            });

    bench.in("in", "a=x@1", "a=x@12", "a=x@23");

    assertThat(bench.kit().<String, Long>getWindowStore("short").fetch("a", 0, 100))
        .containsOnlyKeys(20L);
    assertThat(bench.kit().<String, Long>getWindowStore("long").fetch("a", 0, 100))
        .containsOnlyKeys(0L, 10L, 20L);
  }

  @Test
  void shouldCountInHoppingWindows() {
    Bench bench =
        new Bench(
            builder ->
                writeWindows(
                    builder.stream("in", TEXT)
                        .groupByKey()
                        .windowedBy(
                            TimeWindows.ofSizeWithNoGrace(TEN).advanceBy(Duration.ofMillis(4)))
                        .count(),
                    "out"));

    bench.in("in", "a=x@9", "a=x@13");

    assertThat(bench.out("out"))
        .containsExactly(
            "a[0,10]=1", "a[4,14]=1", "a[8,18]=1", "a[4,14]=2", "a[8,18]=2", "a[12,22]=1");
  }

  @Test
  void shouldReduceInWindows() {
    Bench bench =
        new Bench(
            builder ->
                writeWindows(
                    builder.stream("in", TEXT)
                        .groupByKey()
                        .windowedBy(TimeWindows.ofSizeWithNoGrace(TEN))
                        .reduce((a, b) -> a + b, AS_STRING),
                    "out"));

    bench.in("in", "a=x@1", "b=z@2", "a=y@9");

    assertThat(bench.out("out")).containsExactly("a[0,10]=x", "b[0,10]=z", "a[0,10]=xy");
  }

  @Test
  void shouldMergeSessions() {
    Bench bench =
        new Bench(
            builder ->
                writeWindows(
                    builder.stream("in", TEXT)
                        .groupByKey()
                        .windowedBy(
                            SessionWindows.ofInactivityGapAndGrace(TEN, TEN.multipliedBy(3)))
                        .reduce((a, b) -> a + b, Materialized.as("sessions")),
                    "out"));

    bench.in("in", "a=x@0", "a=y@20", "a=z@10", "a=!@5");

    assertThat(bench.out("out"))
        .containsExactly(
            "a[0,0]=x", "a[20,20]=y", "a[0,0]=-", "a[20,20]=-", "a[0,20]=xyz", "a[0,20]=xyz!");
    assertThat(bench.kit().<String, String>getSessionStore("sessions").fetch("a"))
        .containsOnlyKeys(new Window(0, 20));
  }

  @Test
  void shouldDropRecordsForSessionsThatHaveClosed() {
    Bench bench =
        new Bench(
            builder ->
                builder.stream("in", TEXT)
                    .groupByKey()
                    .windowedBy(SessionWindows.ofInactivityGapWithNoGrace(TEN))
                    .count(Materialized.as("sessions")));

    bench.in("in", "a=x@0", "b=x@100", "a=late@5", "b=x@95");

    assertThat(bench.kit().dropped()).containsEntry("sessions: late", 1L);
    assertThat(bench.kit().<String, Long>getSessionStore("sessions").fetch("a")).isEmpty();
    assertThat(bench.kit().<String, Long>getSessionStore("sessions").fetch("b"))
        .containsEntry(new Window(95, 100), 2L);
  }

  @Test
  void shouldHoldResultsBackUntilTheirWindowsClose() {
    Bench bench =
        new Bench(
            builder ->
                writeWindows(
                    builder.stream("in", TEXT)
                        .groupByKey()
                        .windowedBy(TimeWindows.ofSizeAndGrace(TEN, Duration.ofMillis(5)))
                        .count()
                        .suppress(Suppressed.untilWindowCloses()),
                    "out"));

    bench.in("in", "a=x@1", "a=x@12", "a=x@3", "b=x@14");
    List<String> early = bench.out("out");
    bench.in("in", "b=x@15");
    List<String> first = bench.out("out");
    bench.in("in", "c=x@30");

    assertThat(early).isEmpty();
    assertThat(first).containsExactly("a[0,10]=2");
    assertThat(bench.out("out")).containsExactly("a[0,10]=2", "a[10,20]=1", "b[10,20]=2");
  }

  @Test
  void shouldHoldSessionsBackUntilTheyClose() {
    Bench bench =
        new Bench(
            builder ->
                writeWindows(
                    builder.stream("in", TEXT)
                        .groupByKey()
                        .windowedBy(SessionWindows.ofInactivityGapWithNoGrace(TEN))
                        .count()
                        .suppress(Suppressed.untilWindowCloses()),
                    "out"));

    bench.in("in", "a=x@0", "a=x@7", "a=x@12", "b=x@23");

    assertThat(bench.out("out")).containsExactly("a[0,12]=3");
  }

  @Test
  void shouldMoveRowsBetweenTheGroupsOfATable() {
    Bench bench =
        new Bench(
            builder -> {
              KGroupedTable<String, String> byValue =
                  builder
                      .table("in", TEXT)
                      .groupBy((k, v) -> KeyValue.pair(v.substring(0, 1), v.substring(1)), BY_TEXT);
              byValue
                  .count(Materialized.as("counts"))
                  .toStream()
                  .mapValues(String::valueOf)
                  .to("counted", AS_TEXT);
              byValue
                  .aggregate(
                      () -> "",
                      (k, v, made) -> made + v,
                      (k, v, made) -> made.replace(v, ""),
                      AS_STRING)
                  .toStream()
                  .to("aggregated", AS_TEXT);
            });

    bench.in("in", "a=x1", "b=x2", "a=y1", "b=x3", "b=-");

    assertThat(bench.out("counted")).containsExactly("x=1", "x=2", "x=1", "y=1", "x=1", "x=0");
    assertThat(bench.out("aggregated")).containsExactly("x=1", "x=12", "x=2", "y=1", "x=3", "x=");
  }
}
