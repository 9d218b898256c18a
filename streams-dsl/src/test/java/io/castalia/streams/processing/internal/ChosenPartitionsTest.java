package io.castalia.streams.processing.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.api.InboundRecord;
import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.KStream;
import io.castalia.streams.processing.Produced;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.internal.TaskEvent.Opened;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** Records that go to the partitions that users choose, not to those of their keys. */
class ChosenPartitionsTest {
  private static final Serde<String> STRINGS = Serdes.String();
  private static final TopicPartition IN = new TopicPartition("in", 0);
  private static final int PARTITIONS = 16;

  /** The value tells how far from the end of the topic. */
  private static final Produced<String, String> FROM_THE_END =
      Produced.with(STRINGS, STRINGS)
          .withStreamPartitioner((topic, key, value, count) -> count - Integer.parseInt(value));

  private static List<TopicPartition> written(
      Consumer<KStream<String, String>> topology, String... values) {
    StreamsBuilder builder = new StreamsBuilder();
    topology.accept(builder.stream("in", Consumed.with(STRINGS, STRINGS)));
    SubTopology part = builder.build().graph().subTopologies().get(0);
    TaskMachine machine =
        new TaskMachine(part, new TaskPlace("app", 0, topic -> PARTITIONS), ErrorPolicy.fail());
    Batch batch =
        machine.begin(
            TaskState.NONE.after(
                new Opened(part.shape("app", topic -> PARTITIONS), Map.of(IN, 0L), 17, 0)));
    for (int offset = 0; offset < values.length; offset++) {
      ByteString key = ByteString.fromString("key");
      ByteString value = ByteString.fromString(values[offset]);
      machine.process(
          batch, new SourceRecord(IN, new InboundRecord(offset, 1, key, value, List.of())), 0);
    }
    return batch.toEvent(Map.of()).outputs().stream().map(OutputBatch::partition).toList();
  }

  @Test
  void shouldGoThere() {
    assertThat(written(in -> in.to("out", FROM_THE_END), "1", "16"))
        .containsExactly(new TopicPartition("out", 15), new TopicPartition("out", 0));
  }

  @Test
  void shouldGoThereInTopicsThatAreNamedForThem() {
    assertThat(
            written(in -> in.to((key, value, context) -> "to-" + value, FROM_THE_END), "1", "16"))
        .containsExactly(new TopicPartition("to-1", 15), new TopicPartition("to-16", 0));
  }

  @Test
  void shouldFailWhereThereIsNoSuchPartition() {
    assertThatThrownBy(() -> written(in -> in.to("out", FROM_THE_END), "0"))
        .isInstanceOf(FailedRecordException.class)
        .hasRootCauseMessage("expected a partition of \"out\", which has 16, but 16 was chosen");
    assertThatThrownBy(() -> written(in -> in.to("out", FROM_THE_END), "17"))
        .hasRootCauseMessage("expected a partition of \"out\", which has 16, but -1 was chosen");
  }
}
