package io.castalia.streams.processing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.api.InboundRecord;
import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.Materialized;
import io.castalia.streams.processing.Produced;
import io.castalia.streams.processing.SlidingWindows;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.internal.TaskEvent.Opened;
import io.castalia.streams.processing.pages.PageSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** The state of a task is what its events make of it, however records fall into batches. */
class TaskStateTest {
  private static final Serde<String> STRINGS = Serdes.String();
  private static final TopicPartition IN = new TopicPartition("in", 0);
  private static final int RECORDS = 300;

  private static SubTopology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    var grouped = builder.stream("in", Consumed.with(STRINGS, STRINGS)).groupByKey();
    grouped.count().toStream().to("out", Produced.with(STRINGS, Serdes.Long()));
    grouped
        .windowedBy(SlidingWindows.ofTimeDifferenceWithNoGrace(Duration.ofMillis(20)))
        .count(Materialized.as("windows"));
    return builder.build().graph().subTopologies().get(0);
  }

  private static TaskState opened(SubTopology part) {
    return TaskState.NONE.after(
        new Opened(part.shape("app", topic -> 1), Map.of(IN, 0L), 17, 1_000));
  }

  private static TaskState run(int batchSize) {
    SubTopology part = topology();
    TaskMachine machine =
        new TaskMachine(part, new TaskPlace("app", 0, topic -> 3), ErrorPolicy.fail());
    Random random = new Random(5);
    TaskState state = opened(part);
    Batch batch = machine.begin(state);
    for (int offset = 0; offset < RECORDS; offset++) {
      ByteString key = ByteString.fromString("k" + random.nextInt(5));
      InboundRecord record =
          new InboundRecord(offset, offset + random.nextInt(15), key, key, List.of());
      machine.process(batch, new SourceRecord(IN, record), 2_000);
      if (batch.records() == batchSize || offset + 1 == RECORDS) {
        state = state.after(batch.toEvent(Map.of()));
        batch = machine.begin(state);
      }
    }
    return state;
  }

  @Test
  void shouldNotDependOnHowRecordsFallIntoBatches() {
    TaskState one = run(1);
    TaskState many = run(37);

    assertThat(many.stores()).isEqualTo(one.stores());
    assertThat(many.offsets()).isEqualTo(one.offsets()).isEqualTo(Map.of(IN, (long) RECORDS));
    assertThat(many.watermark()).isEqualTo(one.watermark());
    assertThat(many.tickets()).isEqualTo(one.tickets());
    assertThat(many.drops()).isEqualTo(one.drops());
    assertThat(many.outbox().sequences()).isEqualTo(one.outbox().sequences());
    assertThat(many.records()).isEqualTo(RECORDS);
  }

  @Test
  void shouldCountTheBytesThatItHolds() {
    TaskState state = run(50);

    long bytes = state.stores().values().stream().mapToLong(TaskStateTest::bytes).sum();

    assertThat(state.storedBytes()).isEqualTo(bytes).isPositive();
  }

  private static long bytes(StoreContent content) {
    long[] sum = new long[1];
    new StoreReader(content, PageSource.NONE)
        .forEach((key, value) -> sum[0] += key.get().length + value.get().length);
    return sum[0];
  }

  @Test
  void shouldTellWhyItDoesNotFit() {
    TaskShape shape = new TaskShape(Map.of("in", 2), Map.of("counts", "KEY_VALUE"));

    assertThat(shape.misfit(shape)).isEmpty();
    assertThat(shape.misfit(new TaskShape(Map.of("in", 3), shape.stores())).orElse(""))
        .isEqualTo(
            "expected the input topics with as many partitions as when the application began,"
                + " {in=2}, but they are {in=3}");
    assertThat(shape.misfit(new TaskShape(shape.inputs(), Map.of())).orElse(""))
        .startsWith(
            "expected a topology with the stores of its stored state, {counts=KEY_VALUE}, but it"
                + " has {}");
  }
}
