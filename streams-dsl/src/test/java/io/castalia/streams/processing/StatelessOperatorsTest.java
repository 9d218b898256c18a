package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators that remember nothing: for these records those. */
class StatelessOperatorsTest {

  private static Arguments row(
      String name, UnaryOperator<KStream<String, String>> operator, String in, String out) {
    return Arguments.of(name, operator, in, out);
  }

  static Stream<Arguments> operators() {
    return Stream.of(
        row("filter", s -> s.filter((k, v) -> v.length() > 1), "a=x a=yy b=zz", "a=yy b=zz"),
        row("filterNot", s -> s.filterNot((k, v) -> k.equals("a")), "a=x b=y", "b=y"),
        row("map", s -> s.map((k, v) -> KeyValue.pair(v, k)), "a=x b=y", "x=a y=b"),
        row("mapValues", s -> s.mapValues(v -> v.toUpperCase(Locale.ROOT)), "a=x", "a=X"),
        row("mapValues with key", s -> s.mapValues((k, v) -> k + v), "a=x", "a=ax"),
        row(
            "flatMap",
            s -> s.flatMap((k, v) -> List.of(KeyValue.pair(k, v), KeyValue.pair(v, k))),
            "a=x",
            "a=x x=a"),
        row("flatMap to nothing", s -> s.flatMap((k, v) -> List.of()), "a=x", ""),
        row(
            "flatMapValues",
            s -> s.flatMapValues(v -> List.of(v.split(","))),
            "a=x,y b=z",
            "a=x a=y b=z"),
        row(
            "flatMapValues with key",
            s -> s.flatMapValues((k, v) -> List.of(k, v)),
            "a=x",
            "a=a a=x"),
        row("selectKey", s -> s.selectKey((k, v) -> v), "a=x", "x=x"),
        row("selectKey to null", s -> s.selectKey((k, v) -> null), "a=x", "-=x"),
        row("peek", s -> s.peek((k, v) -> {}), "a=x", "a=x"),
        row("merge", s -> s.merge(s.mapValues(v -> v + "!")), "a=x b=y", "a=x! a=x b=y! b=y"),
        row(
            "repartition",
            s -> s.repartition(Repartitioned.with(Bench.STRINGS, Bench.STRINGS)),
            "a=x b=y",
            "a=x b=y"),
        row("nulls pass", s -> s.mapValues(v -> v), "-=x a=-", "-=x a=-"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operators")
  void shouldMakeOfRecords(
      String name, UnaryOperator<KStream<String, String>> operator, String in, String out) {
    Bench bench =
        new Bench(builder -> operator.apply(builder.stream("in", TEXT)).to("out", AS_TEXT));

    bench.in("in", words(in));

    assertThat(bench.out("out")).containsExactly(words(out));
  }

  private static String[] words(String text) {
    return text.isEmpty() ? new String[0] : text.split(" ");
  }

  @Test
  void shouldShowRecordsOnTheirWay() {
    List<String> seen = new ArrayList<>();
    Bench bench = new Bench(builder -> builder.stream("in", TEXT).peek((k, v) -> seen.add(k + v)));

    bench.in("in", "a=x", "b=y");

    assertThat(seen).containsExactly("ax", "by");
  }

  @Test
  void shouldDoSomethingWithEachRecord() {
    List<String> seen = new ArrayList<>();
    Bench bench =
        new Bench(builder -> builder.stream("in", TEXT).foreach((k, v) -> seen.add(k + v)));

    bench.in("in", "a=x", "b=y");

    assertThat(seen).containsExactly("ax", "by");
  }

  @Test
  void shouldReadTopicsAsOne() {
    Bench bench =
        new Bench(
            builder -> builder.stream(List.of("in", "more", "rest"), TEXT).to("out", AS_TEXT));

    bench.in("in", "a=x").in("rest", "b=y").in("more", "c=z");

    assertThat(bench.out("out")).containsExactly("a=x", "b=y", "c=z");
  }

  @Test
  void shouldGiveARecordToTheFirstBranchThatTakesIt() {
    Bench bench =
        new Bench(
            builder -> {
              Map<String, KStream<String, String>> branches =
                  builder.stream("in", TEXT)
                      .split()
                      .branch("short", (k, v) -> v.length() < 2)
                      .branch("medium", (k, v) -> v.length() < 4)
                      .defaultBranch("long");
              branches.forEach((branch, stream) -> stream.to(branch, AS_TEXT));
            });

    bench.in("in", "a=1", "b=22", "c=4444", "d=1");

    assertThat(bench.out("short")).containsExactly("a=1", "d=1");
    assertThat(bench.out("medium")).containsExactly("b=22");
    assertThat(bench.out("long")).containsExactly("c=4444");
  }

  @Test
  void shouldDropWhatNoBranchTakes() {
    Bench bench =
        new Bench(
            builder ->
                builder.stream("in", TEXT)
                    .split()
                    .branch("only", (k, v) -> v.equals("x"))
                    .noDefaultBranch()
                    .forEach((branch, stream) -> stream.to(branch, AS_TEXT)));

    bench.in("in", "a=x", "b=y");

    assertThat(bench.out("only")).containsExactly("a=x");
  }

  @Test
  void shouldKeepTimes() {
    Bench bench =
        new Bench(
            builder ->
                builder.stream("in", TEXT).map((k, v) -> KeyValue.pair(v, k)).to("out", AS_TEXT));

    bench.in("in", "a=x@17", "a=y@5");

    assertThat(bench.timed("out")).containsExactly("x=a@17", "y=a@5");
  }

  @Test
  void shouldTakeTimesFromTheContent() {
    Consumed<String, String> byContent =
        TEXT.withTimestampExtractor(record -> Long.parseLong(String.valueOf(record.value())));
    Bench bench = new Bench(builder -> builder.stream("in", byContent).to("out", AS_TEXT));

    bench.in("in", "a=17@1", "b=-5@2");

    assertThat(bench.timed("out")).containsExactly("a=17@17");
    assertThat(bench.kit().dropped()).containsEntry("source-1: negative timestamp", 1L);
  }
}
