package io.castalia.streams.processing.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.Grouped;
import io.castalia.streams.processing.Joined;
import io.castalia.streams.processing.KStream;
import io.castalia.streams.processing.Repartitioned;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.TopologyException;
import java.util.Map;
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
            "expected topics that are joined to have equal numbers of partitions, but they are"
                + " {stream=2, table=6}");
  }
}
