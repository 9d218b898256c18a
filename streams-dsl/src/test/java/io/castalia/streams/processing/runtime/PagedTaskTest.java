package io.castalia.streams.processing.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.api.InboundRecord;
import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.Materialized;
import io.castalia.streams.processing.Produced;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.Suppressed;
import io.castalia.streams.processing.TimeWindows;
import io.castalia.streams.processing.WindowedSerdes;
import io.castalia.streams.processing.internal.Batch;
import io.castalia.streams.processing.internal.SourceRecord;
import io.castalia.streams.processing.internal.SubTopology;
import io.castalia.streams.processing.internal.TaskEvent.Opened;
import io.castalia.streams.processing.internal.TaskEvent.PagingBegan;
import io.castalia.streams.processing.internal.TaskMachine;
import io.castalia.streams.processing.internal.TaskPlace;
import io.castalia.streams.processing.pages.PageUnavailableException;
import io.castalia.streams.processing.runtime.PagedTask.Disk;
import io.castalia.streams.processing.state.ReadOnlyKeyValueStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** A task whose state is many times what it has in memory. */
class PagedTaskTest {
  private static final Serde<String> STRINGS = Serdes.String();
  private static final TopicPartition IN = new TopicPartition("in", 0);
  private static final int KEYS = 6_000;
  private static final long CACHE = 128 * 1024;
  private static final long CHANGES = 192 * 1024;
  private static final long BATCH_CHANGES = 256 * 1024;
  private static final String PADDING = "-".repeat(200);

  /** Counts by key, for ever and by window; the windows are told when they close. */
  private static SubTopology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    var grouped = builder.stream("in", Consumed.with(STRINGS, STRINGS)).groupByKey();
    grouped
        .count(Materialized.as("counts"))
        .toStream()
        .to("out", Produced.with(STRINGS, Serdes.Long()));
    Duration size = Duration.ofMillis(100);
    grouped
        .windowedBy(TimeWindows.ofSizeAndGrace(size, Duration.ofMillis(100)))
        .count(Materialized.as("windows"))
        .suppress(Suppressed.untilWindowCloses())
        .toStream()
        .to(
            "windows-out",
            Produced.with(WindowedSerdes.timeWindowedSerdeFrom(STRINGS, size), Serdes.Long()));
    return builder.build().graph().subTopologies().get(0);
  }

  private static List<SourceRecord> records(int from, int count) {
    Random random = new Random(from);
    List<SourceRecord> records = new ArrayList<>();
    for (int offset = from; offset < from + count; offset++) {
      records.add(record(offset, random.nextInt(KEYS), offset + random.nextInt(50)));
    }
    return records;
  }

  private static SourceRecord record(long offset, int key, long time) {
    ByteString bytes = ByteString.fromString(key(key));
    return new SourceRecord(IN, new InboundRecord(offset, time, bytes, bytes, List.of()));
  }

  private static String key(int number) {
    return number + PADDING;
  }

  private static PagedTask task(Disk disk) {
    return new PagedTask(topology(), disk, CACHE, CHANGES);
  }

  /** All counts by hand. */
  private static Map<String, Long> counted(List<SourceRecord> records) {
    Map<String, Long> counts = new HashMap<>();
    for (SourceRecord record : records) {
      ByteString key = record.record().key();
      counts.merge(key == null ? "" : key.utf8String(), 1L, Long::sum);
    }
    return counts;
  }

  private static void assertCounts(PagedTask task, List<SourceRecord> records) {
    ReadOnlyKeyValueStore<String, Long> counts = task.views().keyValue("counts");
    Map<String, Long> expected = counted(records);
    expected.forEach((key, count) -> assertThat(counts.get(key)).as(key).isEqualTo(count));
    assertThat(task.state.stores())
        .hasEntrySatisfying(
            "counts", content -> assertThat(content.size()).isEqualTo(expected.size()));
  }

  @Test
  void shouldPublishWhatATaskInMemoryPublishesThoughItCrashesAgainAndAgain() {
    List<SourceRecord> all = records(0, 8_000);
    PagedTask inMemory = new PagedTask(topology(), new Disk(), CACHE, Long.MAX_VALUE);
    inMemory.process(all);
    Disk disk = new Disk();
    long most = 0;

    for (int from = 0; from < all.size(); from += 2_000) {
      PagedTask task = task(disk);
      task.process(all.subList(from, from + 2_000));
      task.page();
      most = Math.max(most, task.mostResident);
    }

    PagedTask resumed = task(disk);
    assertThat(disk.published()).isEqualTo(inMemory.disk.published());
    assertCounts(resumed, all);
    assertThat(resumed.state.storedBytes()).isEqualTo(inMemory.state.storedBytes());
    assertThat(resumed.state.storedBytes()).isGreaterThan(6 * CACHE);
    assertThat(inMemory.mostResident).isGreaterThan(2 * most);
    assertThat(most).isLessThan(CACHE + 2 * CHANGES + BATCH_CHANGES);
  }

  @Test
  void shouldGoOnWithoutReadingWhatItDoesNotTouch() {
    Disk disk = new Disk();
    PagedTask first = task(disk);
    List<SourceRecord> before = records(0, 5_000);
    first.process(before);
    first.page();
    disk.pages.reads = 0;

    PagedTask resumed = task(disk);
    assertThat(disk.pages.reads).isZero();
    resumed.process(List.of(record(5_000, 17, 5_000)));

    assertThat(disk.pages.reads).isLessThanOrEqualTo(12);
    assertThat(resumed.named().size()).isGreaterThan(15);
  }

  @Test
  void shouldWriteOnlyWhatHasChanged() {
    PagedTask task = task(new Disk());
    task.process(records(0, 5_000));
    task.page();
    task.snapshot();
    Set<Long> before = task.named();
    task.disk.pages.writes = 0;

    task.process(List.of(record(5_000, 17, 5_000)));
    task.page();
    task.snapshot();

    assertThat(task.disk.pages.writes).isLessThanOrEqualTo(6);
    before.removeAll(task.named());
    assertThat(before).hasSizeLessThanOrEqualTo(6);
    assertThat((long) task.disk.snapshot.bytes().length())
        .isLessThan(task.state.storedBytes() / 10);
  }

  @Test
  void shouldKeepNoPagesThatItsStateDoesNotName() {
    Disk disk = new Disk();
    PagedTask task = task(disk);
    task.process(records(0, 5_000));
    task.page();
    assertThat(disk.pages.present()).isEqualTo(task.named());

    task.process(List.of(record(5_000, 3, 5_000)));
    task.page();
    task.process(List.of(record(5_001, 4, 5_001)));

    assertThat(disk.pages.present()).isEqualTo(task.named());
  }

  /** Pages that were written but not journaled are deleted by who goes on. */
  @Test
  void shouldDeleteWhatAnOwnerLeftThatCrashedWhileItWrotePages() {
    Disk disk = new Disk();
    PagedTask crashed = task(disk);
    List<SourceRecord> records = records(0, 1_500);
    crashed.process(records);
    crashed.page();
    crashed.process(List.of(record(1_500, 3, 1_500)));
    crashed.journal(new PagingBegan(0));
    long firstLeft = crashed.state.paging().nextPage();
    List<Long> left =
        crashed.write().change().added().stream()
            .flatMap(ref -> ref.numbers().stream())
            .filter(number -> number >= firstLeft)
            .toList();

    PagedTask next = task(disk);
    next.page();

    assertThat(left).isNotEmpty();
    assertThat(next.named()).doesNotContainAnyElementsOf(left);
    assertThat(disk.pages.present()).isEqualTo(next.named());
    records.add(record(1_500, 3, 1_500));
    assertCounts(next, records);
  }

  /** Also of a state that was being worked into pages when its owner ended. */
  @Test
  void shouldLeaveNoPagesWhenItBeginsAnew() {
    Disk disk = new Disk();
    PagedTask former = task(disk);
    former.process(records(0, 3_000));
    former.page();
    former.process(List.of(record(3_000, 3, 3_000)));
    former.journal(new PagingBegan(0));
    former.write();
    assertThat(disk.pages.present()).isNotEmpty();

    former.journal(new Opened(former.state.shape(), Map.of(IN, 0L), 2, 0, 1));
    PagedTask anew = task(disk);
    List<SourceRecord> records = records(0, 1_500);
    anew.process(records);
    anew.page();

    assertCounts(anew, records);
    assertThat(disk.pages.present()).isEqualTo(anew.named());
  }

  /**
   * One that goes on without knowing writes pages of its own, deletes none of the next, and leaves
   * none behind.
   */
  @Test
  void shouldNotBeDisturbedByAFormerOwner() {
    Disk disk = new Disk();
    PagedTask former = task(disk);
    List<SourceRecord> records = records(0, 3_000);
    former.process(records);
    former.page();
    former.process(List.of(record(3_000, 3, 3_000)));
    former.journal(new PagingBegan(0));

    PagedTask next = task(disk);
    next.portion();
    former.write();
    next.page();
    next.process(records(3_000, 3_000));
    writeIfItCan(former);
    next.page();
    writeIfItCan(former);

    assertThat(disk.pages.present()).isEqualTo(next.named());
    records.add(record(3_000, 3, 3_000));
    records.addAll(records(3_000, 3_000));
    assertCounts(next, records);
  }

  /** What it has not in its cache may be gone. */
  private static void writeIfItCan(PagedTask former) {
    try {
      former.write();
    } catch (LostPageException e) {
      assertThat(e).hasMessageContaining("of the state in the store, but there is none");
    }
  }

  /** A part of the state that cannot be read is no fault of the record, whatever the policy. */
  @Test
  void shouldNotSkipARecordBecauseItsStateCannotBeRead() {
    Disk disk = new Disk();
    PagedTask task = task(disk);
    task.process(records(0, 3_000));
    task.page();
    TaskMachine machine =
        new TaskMachine(
            topology(),
            new TaskPlace("app", 0, topic -> 1),
            ErrorPolicy.skip(),
            number -> {
              throw new PageUnavailableException(number, new IllegalStateException("away"));
            });
    Batch batch = machine.begin(task.state);

    assertThatThrownBy(() -> machine.process(batch, record(3_000, 5, 3_000), 0))
        .isInstanceOf(PageUnavailableException.class)
        .hasMessageContaining("of the state cannot be read: away");

    assertThat(batch.isEmpty()).isTrue();
  }
}
