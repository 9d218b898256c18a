package io.castalia.streams.processing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.api.CastaliaClient;
import io.castalia.api.InboundRecord;
import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.Produced;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.TimeWindows;
import io.castalia.streams.processing.Windowed;
import io.castalia.streams.processing.WindowedSerdes;
import io.castalia.streams.processing.internal.TaskEvent.Opened;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** All windows of a key are in one partition: that of the key, as with Kafka Streams. */
class WindowedKeysTest {
  private static final Serde<String> STRINGS = Serdes.String();
  private static final Duration SIZE = Duration.ofMillis(10);
  private static final TopicPartition IN = new TopicPartition("in", 0);
  private static final int PARTITIONS = 16;

  @Test
  void shouldGoToThePartitionOfTheKeyInThem() {
    TaskMachine machine =
        new TaskMachine(
            topology(), new TaskPlace("app", 0, topic -> PARTITIONS), ErrorPolicy.fail());
    Batch batch =
        machine.begin(
            TaskState.NONE.after(
                new Opened(topology().shape("app", topic -> PARTITIONS), Map.of(IN, 0L), 17, 0)));

    for (int offset = 0; offset < 100; offset++) {
      ByteString key = ByteString.fromString("page");
      machine.process(
          batch,
          new SourceRecord(IN, new InboundRecord(offset, 7L * offset, key, key, List.of())),
          0);
      while (batch.isUnfinished()) {
        machine.advance(batch, 0);
      }
    }

    Set<Integer> partitions = new HashSet<>();
    batch.toEvent(Map.of()).outputs().forEach(each -> partitions.add(each.partition().partition()));
    assertThat(partitions)
        .containsExactly(
            CastaliaClient.partitionOf("page".getBytes(StandardCharsets.UTF_8), PARTITIONS));
  }

  @Test
  void shouldTakeOtherKeysWhole() {
    ByteString key = ByteString.fromString("a key of many bytes");

    assertThat(WindowedSerde.partitionKey(STRINGS, key)).isEqualTo(key);
    assertThat(WindowedSerde.partitionKey(WindowedSerdes.sessionWindowedSerdeFrom(STRINGS), key))
        .isEqualTo(ByteString.fromString("a k"));
  }

  private static SubTopology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    Serde<Windowed<String>> windowed = WindowedSerdes.timeWindowedSerdeFrom(STRINGS, SIZE);
    builder.stream("in", Consumed.with(STRINGS, STRINGS))
        .groupByKey()
        .windowedBy(TimeWindows.ofSizeWithNoGrace(SIZE))
        .count()
        .toStream()
        .to("out", Produced.with(windowed, Serdes.Long()));
    return builder.build().graph().subTopologies().get(0);
  }
}
