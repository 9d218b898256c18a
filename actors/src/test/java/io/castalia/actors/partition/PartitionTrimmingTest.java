package io.castalia.actors.partition;

import static io.castalia.actors.partition.PartitionsNode.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.persistence.Segment;
import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.StoreOperation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A partition's snapshot, the segments that go once it is there, and what a recovery reads then.
 */
class PartitionTrimmingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SEGMENT_ENTRIES = 4;
  private static final long MAX = Long.MAX_VALUE;

  /** One row at a time, so that reads count rows. */
  private static final Map<String, Object> SETTINGS =
      Map.of(
          "castalia.persistence.segment-entries",
          SEGMENT_ENTRIES,
          "castalia.persistence.replay-page",
          1);

  private final long now = System.currentTimeMillis();
  private final String name = UUID.randomUUID().toString();
  private final PartitionId id = new PartitionId(Uuid.randomUuid(), 0);
  private volatile TopicCatalog catalog = OneTopic.of(id.topicId(), Map.of("retention.ms", "-1"));

  /** The numbers of the segments that were seen, ascending. */
  private final SortedSet<Long> known = new TreeSet<>();

  private PartitionsNode node;

  @BeforeEach
  void start() {
    node = new PartitionsNode(name, () -> catalog, SETTINGS);
    for (int sequence = 0; sequence < 20; sequence++) {
      assertThat(append(sequence).baseOffset()).isEqualTo(sequence);
    }
    noteSegments();
    assertThat(known).hasSize(20 / SEGMENT_ENTRIES);
  }

  @AfterEach
  void stop() {
    node.kill();
    InMemoryLogStore.forget(name);
  }

  private void restart() {
    node.kill();
    node = new PartitionsNode(name, () -> catalog, SETTINGS);
  }

  @Test
  void shouldDropSegmentsOnceASnapshotSparesTheirHeaders() {
    assertThat(deleteRecords(10)).isEqualTo(10);

    // Offsets 8 to 11 share the third segment.
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(rows(1) + rows(2)).isZero());
    assertThat(rows(3)).isEqualTo(SEGMENT_ENTRIES);
    assertThat(segments().get(0).firstPosition()).isEqualTo(8);
    assertThat(join(node.store().readSnapshot(id.log(), 0, MAX, 0, MAX)).orElseThrow().sequence())
        .isEqualTo(21);
  }

  @Test
  void shouldReadHeadersOnlyFromTheSnapshotOnWhenItRecovers() {
    deleteRecords(10);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(rows(1) + rows(2)).isZero());
    append(20);
    append(21);
    restart();
    AtomicInteger headers = count(StoreOperation.READ_HEADERS);
    AtomicInteger payloads = count(StoreOperation.READ_ENTRIES);

    AppendResult repeated = append(21);

    // The takeover looks at the open segment: the row of the snapshot, two more, and no further.
    // The replay reads the two behind the snapshot.
    assertThat(headers).hasValue(3 + 1 + 2);
    // The last row, which the takeover writes again.
    assertThat(payloads).hasValue(1);
    assertThat(repeated.baseOffset()).isEqualTo(21);
    assertThat(earliest()).isEqualTo(10);
    assertThat(append(22).baseOffset()).isEqualTo(22);
    assertThat(firstFetched(10)).isEqualTo(10);
  }

  @Test
  void shouldKeepTheEndWhenAllRecordsAreDeleted() {
    assertThat(deleteRecords(-1)).isEqualTo(20);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(rowsOfAll()).isLessThanOrEqualTo(1));

    restart();

    assertThat(earliest()).isEqualTo(20);
    assertThat(latest()).isEqualTo(20);
    assertThat(append(19).baseOffset()).isEqualTo(19);
    assertThat(append(20).baseOffset()).isEqualTo(20);
    assertThat(firstFetched(20)).isEqualTo(20);
  }

  @Test
  void shouldKeepTheEndWhenAllRecordsHaveExpired() {
    catalog = OneTopic.of(id.topicId(), Map.of("retention.ms", "1"));

    restart();

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(earliest()).isEqualTo(20));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(rowsOfAll()).isLessThanOrEqualTo(1));
    restart();
    assertThat(latest()).isEqualTo(20);
    assertThat(append(20).baseOffset()).isEqualTo(20);
  }

  private AppendResult append(int sequence) {
    AppendResult result = node.append(id, Batches.inSequence(now, sequence));
    assertThat(result.error()).as(result.message()).isEqualTo(Errors.NONE);
    return result;
  }

  private long deleteRecords(long offset) {
    return join(node.partitions().deleteRecords(id, offset)).offset();
  }

  private long earliest() {
    return join(node.partitions().listOffset(id, -2, -1, false)).offset();
  }

  private long latest() {
    return join(node.partitions().listOffset(id, -1, -1, false)).offset();
  }

  private long firstFetched(long offset) {
    FetchResult result = join(node.partitions().fetch(id, new FetchQuery(offset, 1, -1, false)));
    assertThat(result.error()).isEqualTo(Errors.NONE);
    return result.batches().get(0).toByteBuffer().getLong();
  }

  private List<Segment> segments() {
    return node.persistence().logs().segments(id.log());
  }

  private void noteSegments() {
    segments().forEach(segment -> known.add(segment.number()));
  }

  /** Rows of the n-th segment of the log. */
  private int rows(int n) {
    return rowsIn(List.copyOf(known).get(n - 1));
  }

  private int rowsIn(long segment) {
    return join(node.store().readHeaders(id.log(), segment, 0, MAX, 100)).size();
  }

  private int rowsOfAll() {
    noteSegments();
    return known.stream().mapToInt(this::rowsIn).sum();
  }

  /** Counts calls for the log from now on. */
  private AtomicInteger count(StoreOperation operation) {
    AtomicInteger calls = new AtomicInteger();
    node.store()
        .faults()
        .failApplied(
            call -> {
              if (call.operation() == operation && call.subject().equals(id.log())) {
                calls.incrementAndGet();
              }
              return false;
            });
    return calls;
  }
}
