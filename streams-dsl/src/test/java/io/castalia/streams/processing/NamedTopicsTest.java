package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Records that are written to the topics that are named for them. */
class NamedTopicsTest {

  @Test
  void shouldWriteEachRecordToTheTopicThatIsNamedForIt() {
    Bench bench =
        new Bench(
            builder ->
                builder.stream("in", TEXT).to((key, value, context) -> "to-" + value, AS_TEXT));

    bench.in("in", "a=x", "b=y", "c=x");

    assertThat(bench.out("to-x")).containsExactly("a=x", "c=x");
    assertThat(bench.out("to-y")).containsExactly("b=y");
    assertThat(bench.out("to-z")).isEmpty();
  }

  @Test
  void shouldTellFromWhereARecordComes() {
    Bench bench =
        new Bench(
            builder ->
                builder.stream("in", TEXT)
                    .to(
                        (key, value, context) ->
                            context.source().orElseThrow() + "-at-" + context.offset(),
                        AS_TEXT));

    bench.in("in", "a=x", "b=y");

    assertThat(bench.out("in-0-at-1")).containsExactly("b=y");
  }

  @Test
  void shouldFailARecordWhoseTopicCannotBe() {
    Bench bench =
        new Bench(
            builder -> builder.stream("in", TEXT).to((key, value, context) -> "no topic", AS_TEXT),
            ErrorPolicy.skip());

    bench.in("in", "a=x");

    assertThat(bench.kit().dropped())
        .containsEntry(
            "sink-1: skipped after io.castalia.streams.processing.TopologyException", 1L);
  }

  @Test
  void shouldSayThatItsTopicsAreNamedByRecords() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("in", TEXT).to((key, value, context) -> "any", AS_TEXT);

    assertThat(builder.build().describe().toString())
        .endsWith("Sink: sink-1 (topic: named for each record)\n      <-- source-1\n");
    assertThat(builder.build().describe().toMermaid()).contains("n1[\"sink-1\"]");
  }

  @Test
  void shouldKeepToTheTopicsThatItHasOtherwise() {
    Bench bench = new Bench(builder -> builder.stream("in", TEXT).to("out", AS_TEXT));

    assertThatThrownBy(() -> bench.out("other")).isInstanceOf(IllegalArgumentException.class);
  }
}
