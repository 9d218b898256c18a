package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.streams.processing.internal.Graph;
import io.castalia.streams.processing.internal.PartitionPlan;
import io.castalia.streams.processing.internal.SubTopology;
import io.castalia.streams.processing.internal.TopicRef;
import io.castalia.streams.processing.state.KeyValueStore;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Processors that look up the rows of tables. */
class TableLookupTest {

  /** Makes of each value the row that it names, with its time. */
  private static final class Lookup implements Processor<String, String, String, String> {
    private final StoreSpec<String, ValueAndTimestamp<String>> table;
    private ProcessorContext<String, String> context;
    private KeyValueStore<String, ValueAndTimestamp<String>> rows;

    @SuppressWarnings("NullAway.Init")
    Lookup(StoreSpec<String, ValueAndTimestamp<String>> table) {
      this.table = table;
    }

    @Override
    public void init(ProcessorContext<String, String> given) {
      context = given;
      rows = given.keyValueStore(table);
    }

    @Override
    public void process(StreamRecord<String, String> record) {
      ValueAndTimestamp<String> row = rows.get(String.valueOf(record.value()));
      context.forward(
          record.withValue(row == null ? "none" : row.value() + " of " + row.timestamp()));
    }
  }

  private static void lookUp(
      StreamsBuilder builder, StoreSpec<String, ValueAndTimestamp<String>> table) {
    builder.stream("in", TEXT).processValues(() -> new Lookup(table), table).to("out", AS_TEXT);
  }

  private static void lookUpRows(StreamsBuilder builder) {
    lookUp(builder, builder.table("rows", TEXT, Materialized.as("rows")).store());
  }

  private static void lookUpAll(StreamsBuilder builder) {
    lookUp(builder, builder.globalTable("rows", TEXT, Materialized.as("rows")).store());
  }

  @Test
  void shouldFindTheRowsOfATable() {
    Bench bench = new Bench(TableLookupTest::lookUpRows);

    bench.in("rows", "x=1@5").in("in", "a=x@9", "b=y@9").in("rows", "x=-@11").in("in", "c=x@12");

    assertThat(bench.out("out")).containsExactly("a=1 of 5", "b=none", "c=none");
  }

  @Test
  void shouldFindTheRowsOfAGlobalTable() {
    Bench bench = new Bench(TableLookupTest::lookUpAll);

    bench.in("rows", "x=1@5").in("in", "a=x@9");

    assertThat(bench.out("out")).containsExactly("a=1 of 5");
  }

  @Test
  void shouldHaveTheTableAndTheProcessorInOneTask() {
    StreamsBuilder builder = new StreamsBuilder();
    lookUpRows(builder);

    assertThat(builder.build().graph().subTopologies()).hasSize(1);
  }

  @Test
  void shouldRefuseTopicsWhoseKeysAreElsewhere() {
    StreamsBuilder builder = new StreamsBuilder();
    lookUpRows(builder);
    Graph graph = builder.build().graph();

    assertThatThrownBy(() -> PartitionPlan.of(graph, partitions(6, 3)))
        .isInstanceOf(TopologyException.class)
        .hasMessageContaining("{in=6, rows=3}");
    assertThat(PartitionPlan.of(graph, partitions(3, 3))).isEqualTo(partitions(3, 3));
  }

  @Test
  void shouldTakeAnyTopicsForAGlobalTable() {
    StreamsBuilder builder = new StreamsBuilder();
    lookUpAll(builder);

    assertThat(PartitionPlan.of(builder.build().graph(), partitions(6, 3)))
        .isEqualTo(partitions(6, 3));
  }

  private static Map<TopicRef, Integer> partitions(int in, int rows) {
    return Map.of(
        new TopicRef("in", false),
        in,
        new TopicRef("rows", false),
        rows,
        new TopicRef("out", false),
        1);
  }

  /** Its input may grow as before: what is kept is there as a whole in each task. */
  @Test
  void shouldHaveAGlobalTableInEachTaskOfTheProcessor() {
    StreamsBuilder builder = new StreamsBuilder();
    lookUpAll(builder);

    SubTopology part = builder.build().graph().subTopologies().get(0);
    assertThat(part.isEverywhere("rows")).isTrue();
    assertThat(part.mayGrow()).extracting(topic -> topic.name()).contains("in", "rows");
  }

  @Test
  void shouldRefuseATableWithoutAStore() {
    KTable<String, String> table =
        new StreamsBuilder().table("rows", TEXT).filter((key, value) -> true);

    assertThatThrownBy(table::store)
        .isInstanceOf(TopologyException.class)
        .hasMessage(
            "expected a table with a store, but \"table-filter-1\" has none: give it one with"
                + " Materialized");
  }
}
