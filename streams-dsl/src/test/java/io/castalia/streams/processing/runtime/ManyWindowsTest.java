package io.castalia.streams.processing.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.api.InboundRecord;
import io.castalia.api.OutboundRecord;
import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.JoinWindows;
import io.castalia.streams.processing.KStream;
import io.castalia.streams.processing.Materialized;
import io.castalia.streams.processing.Produced;
import io.castalia.streams.processing.StreamJoined;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.Suppressed;
import io.castalia.streams.processing.TimeWindows;
import io.castalia.streams.processing.WindowedSerdes;
import io.castalia.streams.processing.internal.SourceRecord;
import io.castalia.streams.processing.internal.SubTopology;
import io.castalia.streams.processing.internal.TaskEvent.Advanced;
import io.castalia.streams.processing.runtime.PagedTask.Disk;
import io.castalia.streams.processing.runtime.PagedTask.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** One record closes far more windows than the task has in memory, and the task dies meanwhile. */
class ManyWindowsTest {
  private static final Serde<String> STRINGS = Serdes.String();
  private static final TopicPartition IN = new TopicPartition("in", 0);
  private static final TopicPartition OUT = new TopicPartition("out", 0);
  private static final int KEYS = 6_000;
  private static final long CACHE = 128 * 1024;
  private static final long CHANGES = 192 * 1024;

  /** One of a batch of 64 KiB, and what a slice may go beyond that. */
  private static final int MAX_ENTRY = 400 * 1024;

  private static final Duration SIZE = Duration.ofSeconds(1);
  private static final String PADDING = "-".repeat(200);

  private static SubTopology counts() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("in", Consumed.with(STRINGS, STRINGS))
        .groupByKey()
        .windowedBy(TimeWindows.ofSizeWithNoGrace(SIZE))
        .count(Materialized.as("windows"))
        .suppress(Suppressed.untilWindowCloses())
        .toStream()
        .to(
            "out",
            Produced.with(WindowedSerdes.timeWindowedSerdeFrom(STRINGS, SIZE), Serdes.Long()));
    return builder.build().graph().subTopologies().get(0);
  }

  /** Records that meet no partner are told when their windows have closed. */
  private static SubTopology join() {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, String> in = builder.stream("in", Consumed.with(STRINGS, STRINGS));
    in.leftJoin(
            in.filter((key, value) -> false),
            (left, right) -> left,
            JoinWindows.ofTimeDifferenceWithNoGrace(SIZE),
            StreamJoined.with(STRINGS, STRINGS, STRINGS))
        .to("out", Produced.with(STRINGS, STRINGS));
    return builder.build().graph().subTopologies().get(0);
  }

  private static SourceRecord record(int number, long time) {
    ByteString key = ByteString.fromString(number + PADDING);
    return new SourceRecord(IN, new InboundRecord(number, time, key, key, List.of()));
  }

  /** What was journaled for the one record that closes all windows. */
  private record Closing(List<Advanced> entries, PagedTask task, long mostResident) {}

  private static Closing close(SubTopology topology) {
    Disk disk = new Disk();
    PagedTask task = new PagedTask(topology, disk, CACHE, CHANGES);
    List<SourceRecord> records = new ArrayList<>();
    for (int number = 0; number < KEYS; number++) {
      records.add(record(number, number % 1_000));
    }
    Collections.shuffle(records, new Random(7));
    task.process(records);
    task.page();
    assertThat(disk.published()).doesNotContainKey(OUT);
    disk.outputs.clear();
    Iterator<SourceRecord> last = List.of(record(KEYS, 100_000)).iterator();
    long most = 0;
    do {
      task.step(last);
      most = Math.max(most, task.mostResident);
      task.batch(last);
      task = new PagedTask(topology, disk, CACHE, CHANGES);
    } while (task.state.unfinished().isPresent());
    return new Closing(List.copyOf(disk.outputs), task, most);
  }

  private static void assertAllIsThereOnce(Closing closing) {
    Map<TopicPartition, List<OutboundRecord>> published = closing.task().disk.published();
    assertThat(Objects.requireNonNull(published.get(OUT)))
        .extracting(OutboundRecord::key)
        .hasSize(KEYS)
        .doesNotHaveDuplicates();
  }

  private static void assertBounded(Closing closing) {
    assertThat(closing.entries())
        .hasSizeGreaterThan(10)
        .allSatisfy(entry -> assertThat(Stored.of(entry).bytes().length()).isLessThan(MAX_ENTRY));
    assertThat(closing.mostResident()).isLessThan(CACHE + 2 * CHANGES + MAX_ENTRY);
  }

  @Test
  void shouldTellEachWindowOnceThoughItDiesInTheMiddleAgainAndAgain() {
    Closing closing = close(counts());

    assertAllIsThereOnce(closing);
    assertBounded(closing);
    assertThat(closing.task().state.stores().values())
        .allSatisfy(content -> assertThat(content.size()).isLessThanOrEqualTo(1));
  }

  @Test
  void shouldTellEachRecordWithoutAPartnerOnce() {
    Closing closing = close(join());

    assertAllIsThereOnce(closing);
    assertBounded(closing);
  }
}
