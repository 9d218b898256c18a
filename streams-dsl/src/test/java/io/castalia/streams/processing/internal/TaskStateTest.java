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
import io.castalia.streams.processing.internal.TaskEvent.Paged;
import io.castalia.streams.processing.internal.TaskEvent.PagingBegan;
import io.castalia.streams.processing.pages.Entry;
import io.castalia.streams.processing.pages.PageChange;
import io.castalia.streams.processing.pages.PageRef;
import io.castalia.streams.processing.pages.PageSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
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
      while (batch.isUnfinished()) {
        machine.advance(batch, 2_000);
      }
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
    return new StoreReader(content, PageSource.NONE).all().mapToLong(Entry::bytes).sum();
  }

  @Test
  void shouldTellWhyItDoesNotFit() {
    TaskShape shape = new TaskShape(Map.of("in", 2), Map.of("counts", "KEY_VALUE"));

    assertThat(shape.misfit(shape, Set.of())).isEmpty();
    TaskShape grown = new TaskShape(Map.of("in", 3), shape.stores());
    assertThat(shape.misfit(grown, Set.of("other")).orElse(""))
        .isEqualTo(
            "expected the input topics with as many partitions as when the application began,"
                + " {in=2}, but they are {in=3}: keys are elsewhere now, so begin anew: reset the"
                + " application, or give it another id");
    assertThat(shape.misfit(new TaskShape(shape.inputs(), Map.of()), Set.of()).orElse(""))
        .startsWith(
            "expected a topology with the stores of its stored state, {counts=KEY_VALUE}, but it"
                + " has {}");
  }

  @Test
  void shouldFitInputsThatHaveGrownWhereTheyMay() {
    TaskShape shape = new TaskShape(Map.of("in", 2), Map.of());
    Set<String> mayGrow = Set.of("in");

    assertThat(shape.misfit(new TaskShape(Map.of("in", 3), Map.of()), mayGrow)).isEmpty();
    assertThat(shape.misfit(new TaskShape(Map.of("in", 1), Map.of()), mayGrow)).isPresent();
    assertThat(shape.misfit(new TaskShape(Map.of("in", 2, "more", 2), Map.of()), mayGrow))
        .isPresent();
  }

  @Test
  void shouldReadMorePartitionsAndChangeNothingElse() {
    TaskState state = run(50);
    TopicPartition added = new TopicPartition("added", 3);

    TaskState grown = state.after(state.reading(Map.of(added, 7L)));

    assertThat(grown.offsets()).containsAllEntriesOf(state.offsets()).containsEntry(added, 7L);
    assertThat(grown)
        .usingRecursiveComparison()
        .ignoringFields("offsets", "sinceSnapshot")
        .isEqualTo(state);
  }

  /** Its pages are deleted in time, and their numbers are not given out again. */
  @Test
  void shouldBeginAnewWithNothingOfItsState() {
    PageRef inPage = new PageRef(Bytes.wrap(new byte[0]), 5);
    PageChange change = new PageChange(null, List.of(), List.of(inPage));
    TaskState before =
        run(50).after(new PagingBegan(0)).after(new Paged("count-1", false, change, 0));

    TaskState anew =
        before.after(new Opened(before.shape(), Map.of(IN, 3L), before.producerId() + 1, 9, 1));

    assertThat(anew.storedBytes()).isZero();
    assertThat(anew.offsets()).isEqualTo(Map.of(IN, 3L));
    assertThat(anew.records()).isZero();
    assertThat(anew.generation()).isEqualTo(1);
    assertThat(anew.paging().superseded()).contains(5L);
    assertThat(anew.paging().nextPage())
        .isGreaterThanOrEqualTo(before.paging().nextPage())
        .isGreaterThan(5);
  }
}
