package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.BY_TEXT;
import static io.castalia.streams.processing.Bench.STRINGS;
import static io.castalia.streams.processing.Bench.TEXT;
import static io.castalia.streams.processing.Bench.writeWindows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.castalia.streams.processing.internal.PartitionPlan;
import io.castalia.streams.processing.internal.TopicRef;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Grouped streams that make one table together. */
class CogroupTest {
  private static final Materialized<String, String> TOGETHER =
      Materialized.as("together", STRINGS, STRINGS);

  private static CogroupedKStream<String, String> orderedAndPaid(StreamsBuilder builder) {
    return builder.stream("orders", TEXT)
        .groupByKey()
        .<String>cogroup((key, order, all) -> all + "+" + order)
        .cogroup(
            builder.stream("payments", TEXT).groupBy((id, name) -> name, BY_TEXT),
            (key, payment, all) -> payment.equals("forget") ? null : all + "-" + payment);
  }

  @Test
  void shouldAggregateEachStreamInItsOwnWay() {
    Bench bench =
        new Bench(
            builder ->
                orderedAndPaid(builder)
                    .aggregate(() -> "", TOGETHER)
                    .toStream()
                    .to("out", AS_TEXT));

    bench.in("orders", "a=1", "b=2").in("payments", "id=a", "-=-").in("orders", "a=3", "-=4");

    assertThat(bench.out("out")).containsExactly("a=+1", "b=+2", "a=+1-a", "a=+1-a+3");
    assertThat(bench.kit().<String, String>getKeyValueStore("together").get("a"))
        .isEqualTo("+1-a+3");
    assertThat(bench.kit().dropped()).containsEntry("together: null key or value", 2L);
  }

  @Test
  void shouldForgetAKeyThatAnAggregatorGivesUp() {
    Bench bench =
        new Bench(
            builder ->
                orderedAndPaid(builder)
                    .aggregate(() -> "", TOGETHER)
                    .toStream()
                    .to("out", AS_TEXT));

    bench.in("orders", "forget=1").in("payments", "id=forget");

    assertThat(bench.out("out")).containsExactly("forget=+1", "forget=-");
  }

  @Test
  void shouldAggregateInWindows() {
    Bench bench =
        new Bench(
            builder ->
                writeWindows(
                    orderedAndPaid(builder)
                        .windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofMillis(10)))
                        .aggregate(() -> "", TOGETHER),
                    "out"));

    bench.in("orders", "a=1@1").in("payments", "id=a@5").in("orders", "a=2@12");

    assertThat(bench.out("out")).containsExactly("a[0,10]=+1", "a[0,10]=+1-a", "a[10,20]=+2");
  }

  @Test
  void shouldAggregateInSlidingWindows() {
    Bench bench =
        new Bench(
            builder ->
                writeWindows(
                    orderedAndPaid(builder)
                        .windowedBy(
                            SlidingWindows.ofTimeDifferenceAndGrace(
                                Duration.ofMillis(10), Duration.ofMillis(20)))
                        .aggregate(() -> "", TOGETHER),
                    "out"));

    bench.in("orders", "a=1@10").in("payments", "id=a@15").in("orders", "a=2@12");

    assertThat(bench.out("out"))
        .containsExactly(
            "a[0,10]=+1",
            "a[5,15]=+1-a",
            "a[11,21]=-a",
            "a[2,12]=+1+2",
            "a[5,15]=+1-a+2",
            "a[11,21]=-a+2",
            "a[13,23]=-a");
  }

  @Test
  void shouldNotSlideWithoutKnowingHowValuesAreWritten() {
    StreamsBuilder builder = new StreamsBuilder();
    CogroupedKStream<String, String> unknown =
        orderedAndPaid(builder)
            .cogroup(
                builder.stream("refunds", TEXT).mapValues(String::length).groupByKey(),
                (key, length, all) -> all + length);

    assertThatThrownBy(
            () ->
                unknown
                    .windowedBy(SlidingWindows.ofTimeDifferenceWithNoGrace(Duration.ofMillis(10)))
                    .aggregate(() -> "", TOGETHER))
        .isInstanceOf(TopologyException.class)
        .hasMessageStartingWith("expected a serde for the values of \"together-values\"");
  }

  @Test
  void shouldAggregateInSessions() {
    Bench bench =
        new Bench(
            builder ->
                writeWindows(
                    orderedAndPaid(builder)
                        .windowedBy(
                            SessionWindows.ofInactivityGapAndGrace(
                                Duration.ofMillis(10), Duration.ofMillis(50)))
                        .aggregate(() -> "", (key, one, other) -> one + other, TOGETHER),
                    "out"));

    bench.in("orders", "a=1@0").in("payments", "id=a@20").in("orders", "a=2@10", "a=3@50");

    assertThat(bench.out("out"))
        .containsExactly(
            "a[0,0]=+1", "a[20,20]=-a", "a[0,0]=-", "a[20,20]=-", "a[0,20]=+1-a+2", "a[50,50]=+3");
    assertThat(bench.kit().<String, String>getSessionStore("together").fetch("a"))
        .containsExactly(entry(new Window(0, 20), "+1-a+2"), entry(new Window(50, 50), "+3"));
  }

  @Test
  void shouldHaveKeysMeetInOneTask() {
    StreamsBuilder builder = new StreamsBuilder();
    orderedAndPaid(builder).aggregate(() -> "", TOGETHER);

    assertThat(
            PartitionPlan.of(
                builder.build().graph(),
                Map.of(new TopicRef("orders", false), 3, new TopicRef("payments", false), 7)))
        .containsEntry(new TopicRef("group-1-repartition", true), 3);
  }

  @Test
  void shouldRefuseStreamsOfAnotherBuilder() {
    KGroupedStream<String, String> other = new StreamsBuilder().stream("other", TEXT).groupByKey();

    assertThatThrownBy(
            () -> orderedAndPaid(new StreamsBuilder()).cogroup(other, (key, value, all) -> all))
        .isInstanceOf(TopologyException.class)
        .hasMessageStartingWith("expected streams and tables of one builder");
  }
}
