package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.BY_TEXT;
import static io.castalia.streams.processing.Bench.STRINGS;
import static io.castalia.streams.processing.Bench.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Changes that are held back, and what becomes of them when there are too many. */
class SuppressionTest {
  private static final Duration TEN = Duration.ofMillis(10);

  private static Bench tableHeldBack(Suppressed suppressed) {
    return new Bench(
        builder -> builder.table("in", TEXT).suppress(suppressed).toStream().to("out", AS_TEXT));
  }

  @Test
  void shouldPassOnTheLastChangeOfEachSpanOfTime() {
    Bench bench = tableHeldBack(Suppressed.untilTimeLimit(TEN));

    bench.in("in", "a=1@0", "a=2@4", "b=1@5", "a=3@9");
    assertThat(bench.timed("out")).isEmpty();
    bench.in("in", "c=1@10");
    assertThat(bench.timed("out")).containsExactly("a=3@9");
    bench.in("in", "a=4@11", "b=2@15");

    assertThat(bench.timed("out")).containsExactly("a=3@9", "b=2@15");
  }

  @Test
  void shouldPassOnDeletionsAndNothingOfWhatCameAndWentMeanwhile() {
    Bench bench = tableHeldBack(Suppressed.untilTimeLimit(TEN));

    bench.in("in", "a=1@0", "b=1@1", "b=-@2", "c=1@10", "a=-@11", "d=1@40");

    assertThat(bench.out("out")).containsExactly("a=1", "c=1", "a=-");
  }

  @Test
  void shouldPassOnALateChangeAtOnce() {
    Bench bench = tableHeldBack(Suppressed.untilTimeLimit(TEN));

    bench.in("in", "a=1@50", "b=late@3");

    assertThat(bench.out("out")).containsExactly("b=late");
  }

  @Test
  void shouldPassOnEarlyWhatIsHeldBackLongestWhenThereIsTooMuch() {
    Bench byCount = tableHeldBack(Suppressed.untilTimeLimit(TEN).withMaxRecords(2));
    Bench byBytes = tableHeldBack(Suppressed.untilTimeLimit(TEN).withMaxBytes(100));

    byCount.in("in", "b=1@1", "a=1@0", "b=2@2", "c=1@3", "d=1@4");
    byBytes.in("in", "a=1@0", "b=" + "x".repeat(60) + "@1");

    assertThat(byCount.out("out")).containsExactly("a=1", "b=2");
    assertThat(byBytes.out("out")).containsExactly("a=1");
  }

  /** An aggregate takes out what it was given, and not what was held back from it. */
  @Test
  void shouldTellThoseBehindWhatTheyHadBefore() {
    Bench bench =
        new Bench(
            builder ->
                builder
                    .table("in", TEXT)
                    .suppress(Suppressed.untilTimeLimit(TEN))
                    .groupBy((key, value) -> KeyValue.pair("all", value), BY_TEXT)
                    .aggregate(
                        () -> "",
                        (key, value, made) -> made + value,
                        (key, value, made) -> made.replaceFirst(value, ""),
                        Materialized.with(STRINGS, STRINGS))
                    .toStream()
                    .to("out", AS_TEXT));

    bench.in("in", "a=1@0", "a=2@5", "b=x@10", "a=3@11", "a=4@12", "c=y@30");

    assertThat(bench.out("out")).containsExactly("all=2", "all=2x", "all=x4");
  }

  @Test
  void shouldFailOnARecordThatWouldHaveTooManyWindowsHeldBack() {
    Bench bench =
        new Bench(
            builder ->
                Bench.writeWindows(
                    builder.stream("in", TEXT)
                        .groupByKey()
                        .windowedBy(TimeWindows.ofSizeWithNoGrace(TEN))
                        .count()
                        .suppress(
                            Suppressed.untilWindowCloses().withName("final").withMaxRecords(1)),
                    "out"));
    bench.in("in", "a=x@1", "a=y@2");

    assertThatThrownBy(() -> bench.in("in", "b=x@3"))
        .hasRootCauseMessage(
            "expected no more than 1 windows or 9223372036854775807 bytes to be held back by"
                + " \"final\"");
    assertThat(bench.out("out")).isEmpty();
  }

  @Test
  void shouldRefuseLimitsThatHoldNothing() {
    assertThatThrownBy(() -> Suppressed.untilTimeLimit(TEN).withMaxRecords(0))
        .hasMessage(
            "expected to hold back at least 1 record and 1 byte, but it was 0 and"
                + " 9223372036854775807");
    assertThatThrownBy(() -> Suppressed.untilTimeLimit(Duration.ofMillis(-1)))
        .hasMessageContaining("a time to hold changes back that is not negative");
  }
}
