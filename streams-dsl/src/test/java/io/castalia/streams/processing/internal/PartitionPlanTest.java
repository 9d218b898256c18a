package io.castalia.streams.processing.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.GlobalKTable;
import io.castalia.streams.processing.Grouped;
import io.castalia.streams.processing.Joined;
import io.castalia.streams.processing.KStream;
import io.castalia.streams.processing.Materialized;
import io.castalia.streams.processing.Repartitioned;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.TopologyException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;

/** How many partitions the application's own topics get. */
class PartitionPlanTest {
  private static final Serde<String> STRINGS = Serdes.String();
  private static final Consumed<String, String> TEXT = Consumed.with(STRINGS, STRINGS);

  private final StreamsBuilder builder = new StreamsBuilder();

  private static TopicRef topic(String name) {
    return new TopicRef(name, false);
  }

  private Map<TopicRef, Integer> plan(Map<TopicRef, Integer> external) {
    return PartitionPlan.of(builder.build().graph(), external);
  }

  @Test
  void shouldHaveAsManyAsTheTopicsThatRecordsComeFrom() {
    KStream<String, String> one = builder.stream("one", TEXT);
    one.merge(builder.stream("two", TEXT))
        .groupBy((k, v) -> v, Grouped.with("by", STRINGS, STRINGS))
        .count()
        .toStream()
        .groupBy((k, v) -> "all", Grouped.with("again", STRINGS, Serdes.Long()))
        .count();

    assertThat(plan(Map.of(topic("one"), 2, topic("two"), 5)))
        .containsEntry(new TopicRef("by-repartition", true), 5)
        .containsEntry(new TopicRef("again-repartition", true), 5);
  }

  @Test
  void shouldHaveAsManyAsIsSaid() {
    builder.stream("one", TEXT)
        .repartition(
            Repartitioned.with(STRINGS, STRINGS).withName("wide").withNumberOfPartitions(9));

    assertThat(plan(Map.of(topic("one"), 2)))
        .containsEntry(new TopicRef("wide-repartition", true), 9);
  }

  @Test
  void shouldHaveAsManyAsTheTopicThatIsJoined() {
    builder.stream("stream", TEXT)
        .selectKey((k, v) -> v)
        .join(builder.table("table", TEXT), (l, r) -> l, Joined.with(STRINGS, STRINGS));

    assertThat(plan(Map.of(topic("stream"), 2, topic("table"), 6)))
        .containsEntry(new TopicRef("table-join-1-repartition", true), 6);
  }

  @Test
  void shouldRefuseJoinsOfTopicsWithDifferentNumbers() {
    builder.stream("stream", TEXT)
        .join(builder.table("table", TEXT), (l, r) -> l, Joined.with(STRINGS, STRINGS));

    assertThatThrownBy(() -> plan(Map.of(topic("stream"), 2, topic("table"), 6)))
        .isInstanceOf(TopologyException.class)
        .hasMessage(
            "expected topics whose records meet by key to have equal numbers of partitions, but"
                + " they are {stream=2, table=6}");
  }

  /** Records of one key would be counted in two tasks, each for itself. */
  @Test
  void shouldRefuseToGroupTopicsWithDifferentNumbersByTheKeysThatTheyHave() {
    builder.stream(List.of("one", "two"), TEXT).groupByKey().count();

    assertThatThrownBy(() -> plan(Map.of(topic("one"), 2, topic("two"), 5)))
        .hasMessageEndingWith("equal numbers of partitions, but they are {one=2, two=5}");
    assertThat(plan(Map.of(topic("one"), 2, topic("two"), 2))).hasSize(2);
  }

  /** What is in them is where it was; tasks that read them keep their keys. */
  @Test
  void shouldLeaveTheApplicationsTopicsAsTheyAreWhenOthersGrow() {
    builder.stream("one", TEXT).groupBy((k, v) -> v, Grouped.with("by", STRINGS, STRINGS)).count();
    TopicRef own = new TopicRef("by-repartition", true);

    assertThat(plan(Map.of(topic("one"), 4, own, 2))).containsEntry(own, 2);
  }

  @Test
  void shouldRefuseATopicOfItsOwnThatHasAnotherNumberThanIsSaid() {
    builder.stream("one", TEXT)
        .repartition(
            Repartitioned.with(STRINGS, STRINGS).withName("wide").withNumberOfPartitions(9));

    assertThatThrownBy(
            () -> plan(Map.of(topic("one"), 2, new TopicRef("wide-repartition", true), 8)))
        .isInstanceOf(TopologyException.class)
        .hasMessage(
            "expected \"wide-repartition\" to have 9 partitions, as the topology says, but it has"
                + " 8: it was created for another topology");
  }

  @Test
  void shouldTellWhatMayGrow() {
    GlobalKTable<String, String> names =
        builder.globalTable("names", TEXT, Materialized.as("names", STRINGS, STRINGS));
    KStream<String, String> stateless =
        builder.stream("orders", TEXT).join(names, (k, v) -> v, (order, name) -> order + name);
    stateless.groupByKey(Grouped.with(STRINGS, STRINGS));
    builder.stream("counted", TEXT).groupByKey().count();

    List<SubTopology> parts = builder.build().graph().subTopologies();

    assertThat(parts)
        .extracting(SubTopology::mayGrow)
        .containsExactlyInAnyOrder(Set.of(topic("names"), topic("orders")), Set.of());
  }
}
