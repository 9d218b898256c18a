package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.BY_TEXT;
import static io.castalia.streams.processing.Bench.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A topology says what it is. */
class TopologyDescriptionTest {

  private static Topology wordCount() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("lines", TEXT)
        .flatMapValues(line -> List.of(line.split(" ")))
        .groupBy((key, word) -> word, BY_TEXT)
        .count(Materialized.as("counts"))
        .toStream()
        .mapValues(String::valueOf)
        .to("totals", AS_TEXT);
    return builder.build();
  }

  @Test
  void shouldPrintItself() {
    assertThat(wordCount().describe().toString())
        .isEqualTo(
            """
            Topologies:
               Sub-topology: 0
                Source: source-1 (topics: [lines])
                  --> flat-map-values-1
                Processor: flat-map-values-1 (stores: [])
                  --> select-key-1
                  <-- source-1
                Processor: select-key-1 (stores: [])
                  --> sink-1
                  <-- flat-map-values-1
                Sink: sink-1 (topic: group-1-repartition)
                  <-- select-key-1
               Sub-topology: 1
                Source: source-2 (topics: [group-1-repartition])
                  --> counts
                Processor: counts (stores: [counts])
                  --> to-stream-1
                  <-- source-2
                Processor: to-stream-1 (stores: [])
                  --> map-values-1
                  <-- counts
                Processor: map-values-1 (stores: [])
                  --> sink-2
                  <-- to-stream-1
                Sink: sink-2 (topic: totals)
                  <-- map-values-1
            """);
  }

  @Test
  void shouldDrawItself() {
    assertThat(wordCount().describe().toMermaid())
        .startsWith("flowchart TB\n")
        .contains("ts_lines([\"lines\"])")
        .contains("subgraph part1 [\"sub-topology 1\"]")
        .contains("ts_lines --> n1\n")
        .contains("s_counts[(\"counts\")]")
        .contains("n5 -.- s_counts\n")
        .contains("--> ts_totals\n");
  }

  @Test
  void shouldNotRenumberStoresWhenStatelessOperatorsAreAdded() {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, String> stream = builder.stream("in", TEXT).filter((k, v) -> true);
    stream.groupByKey().count();

    assertThat(builder.build().describe().toString()).contains("stores: [count-1]");
  }

  @Test
  void shouldBeOnePartAsFarAsStoresAreShared() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("stream", TEXT)
        .join(
            builder.table("table", TEXT),
            (l, r) -> l + r,
            Joined.with(Bench.STRINGS, Bench.STRINGS));
    builder.stream("other", TEXT).to("out", AS_TEXT);

    assertThat(builder.build().graph().subTopologies())
        .extracting(part -> part.sources().size())
        .containsExactly(2, 1);
  }
}
