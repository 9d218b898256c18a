package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.BY_TEXT;
import static io.castalia.streams.processing.Bench.STRINGS;
import static io.castalia.streams.processing.Bench.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tables, what is made of them, and joins with them. */
class TableJoinTest {
  private static final Materialized<String, String> AS_STRING = Materialized.with(STRINGS, STRINGS);
  private static final Joined<String, String> TEXTS = Joined.with(STRINGS, STRINGS);

  @Test
  void shouldKeepTheLastValueOfEachKey() {
    Bench bench =
        new Bench(
            builder ->
                builder.table("in", TEXT, Materialized.as("table")).toStream().to("out", AS_TEXT));

    bench.in("in", "a=x", "b=y", "a=z", "b=-", "-=w");

    assertThat(bench.out("out")).containsExactly("a=x", "b=y", "a=z", "b=-");
    assertThat(bench.kit().<String, String>getKeyValueStore("table").all())
        .containsExactly(KeyValue.pair("a", "z"));
    assertThat(bench.kit().dropped()).containsEntry("table: null key", 1L);
  }

  @Test
  void shouldDeleteRowsThatNoLongerPassAFilter() {
    Bench bench =
        new Bench(
            builder ->
                builder
                    .table("in", TEXT)
                    .filter((k, v) -> v.startsWith("x"))
                    .mapValues(v -> v + "!")
                    .toStream()
                    .to("out", AS_TEXT));

    bench.in("in", "a=x1", "b=y1", "a=y2", "a=y3", "a=x4", "a=-");

    assertThat(bench.out("out")).containsExactly("a=x1!", "a=-", "a=x4!", "a=-");
  }

  @Test
  void shouldMakeATableOfAStream() {
    Bench bench =
        new Bench(
            builder ->
                builder.stream("in", TEXT)
                    .selectKey((k, v) -> v)
                    .toTable(Materialized.as("by-value", STRINGS, STRINGS)));

    bench.in("in", "a=x", "b=y");

    assertThat(bench.kit().<String, String>getKeyValueStore("by-value").get("y")).isEqualTo("y");
  }

  @Test
  void shouldJoinRecordsWithWhatTheTableHasThen() {
    Bench bench =
        new Bench(
            builder -> {
              KTable<String, String> table = builder.table("table", TEXT);
              KStream<String, String> stream = builder.stream("stream", TEXT);
              stream.join(table, (l, r) -> l + "+" + r, TEXTS).to("inner", AS_TEXT);
              stream.leftJoin(table, (l, r) -> l + "+" + r, TEXTS).to("left", AS_TEXT);
            });

    bench
        .in("stream", "a=1@1")
        .in("table", "a=x@2")
        .in("stream", "a=2@1", "b=3@1")
        .in("table", "a=y@3")
        .in("stream", "a=4@4");

    assertThat(bench.timed("inner")).containsExactly("a=2+x@1", "a=4+y@4");
    assertThat(bench.out("left")).containsExactly("a=1+null", "a=2+x", "b=3+null", "a=4+y");
  }

  @Test
  void shouldRepartitionAStreamThatIsJoinedByAnotherKey() {
    Bench bench =
        new Bench(
            builder ->
                builder.stream("stream", TEXT)
                    .selectKey((k, v) -> v)
                    .join(builder.table("table", TEXT), (l, r) -> l + "+" + r, TEXTS)
                    .to("out", AS_TEXT));

    bench.in("table", "x=1").in("stream", "a=x");

    assertThat(bench.out("out")).containsExactly("x=x+1");
    assertThat(bench.out("test-table-join-1-repartition")).containsExactly("x=x");
  }

  @Test
  void shouldJoinRecordsWithAGlobalTableByAnyKey() {
    Bench bench =
        new Bench(
            builder -> {
              GlobalKTable<String, String> global =
                  builder.globalTable("global", TEXT, Materialized.as("global"));
              KStream<String, String> stream = builder.stream("stream", TEXT);
              stream.join(global, (k, v) -> v, (v, g) -> v + "+" + g).to("inner", AS_TEXT);
              stream.leftJoin(global, (k, v) -> v, (v, g) -> v + "+" + g).to("left", AS_TEXT);
            });

    bench
        .in("stream", "a=x@1")
        .in("global", "x=X@100")
        .in("stream", "a=x@2", "b=y@3")
        .in("global", "x=-@101")
        .in("stream", "a=x@4");

    assertThat(bench.timed("inner")).containsExactly("a=x+X@2");
    assertThat(bench.out("left")).containsExactly("a=x+null", "a=x+X", "b=y+null", "a=x+null");
    assertThat(bench.kit().getKeyValueStore("global").all()).isEmpty();
  }

  /** Windows would close otherwise, as soon as somebody corrects a name. */
  @Test
  void shouldNotMoveEventTimeByAGlobalTable() {
    Bench bench =
        new Bench(
            builder -> {
              GlobalKTable<String, String> global = builder.globalTable("global", TEXT);
              Bench.writeWindows(
                  builder.stream("stream", TEXT)
                      .leftJoin(global, (k, v) -> v, (v, g) -> v)
                      .groupByKey(BY_TEXT)
                      .windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofMillis(10)))
                      .count(),
                  "out");
            });

    bench.in("stream", "a=x@1").in("global", "x=X@1000").in("stream", "a=x@2");

    assertThat(bench.out("out")).containsExactly("a[0,10]=1", "a[0,10]=2");
  }

  @Test
  void shouldJoinTables() {
    Bench bench =
        new Bench(
            builder -> {
              KTable<String, String> left = builder.table("left", TEXT);
              KTable<String, String> right = builder.table("right", TEXT);
              left.join(right, (l, r) -> l + r, AS_STRING).toStream().to("inner", AS_TEXT);
              left.leftJoin(right, (l, r) -> l + r, AS_STRING).toStream().to("lefts", AS_TEXT);
              left.outerJoin(right, (l, r) -> l + r, AS_STRING).toStream().to("outer", AS_TEXT);
            });

    bench
        .in("left", "a=1@1")
        .in("right", "a=x@5")
        .in("left", "a=2@3", "a=-@6")
        .in("right", "a=-@7", "b=y@8");

    assertThat(bench.timed("inner")).containsExactly("a=1x@5", "a=2x@5", "a=-@6");
    assertThat(bench.out("lefts")).containsExactly("a=1null", "a=1x", "a=2x", "a=-");
    assertThat(bench.out("outer"))
        .containsExactly("a=1null", "a=1x", "a=2x", "a=nullx", "a=-", "b=nully");
  }

  @Test
  void shouldJoinTablesThatAreComputed() {
    Bench bench =
        new Bench(
            builder -> {
              KTable<String, Long> counts =
                  builder.stream("clicks", TEXT)
                      .groupBy((k, v) -> v, BY_TEXT)
                      .count(Materialized.as("counts"));
              KTable<String, String> names =
                  builder.table("names", TEXT).mapValues(v -> v + "!", AS_STRING);
              names
                  .join(counts, (name, count) -> name + count, AS_STRING)
                  .toStream()
                  .to("out", AS_TEXT);
            });

    bench.in("names", "p=Page").in("clicks", "u=p", "v=p");

    assertThat(bench.out("out")).containsExactly("p=Page!1", "p=Page!2");
  }
}
