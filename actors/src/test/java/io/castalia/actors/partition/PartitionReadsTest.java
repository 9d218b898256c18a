package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.AppendDecision.Accepted;
import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import io.castalia.actors.partition.PartitionEvent.LogStartMoved;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.TopicSettings;
import io.castalia.persistence.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class PartitionReadsTest {
  private static final PartitionId ID = new PartitionId(Uuid.ONE_UUID, 0);
  private static final int EPOCH = 4;

  private final FakeLogReader reader = new FakeLogReader();
  private PartitionState state = PartitionState.EMPTY;
  private final PartitionReads reads =
      new PartitionReads(
          reader,
          (id, offset, epoch) ->
              CompletableFuture.completedFuture(
                  PartitionQueries.bounds(state, EPOCH, offset, epoch)));

  @Test
  void shouldFetchWholeBatchesFromTheOneThatHoldsTheOffset() {
    ByteString batch = at(10, 11);
    entry(batch, batch);
    entry(batch);

    FetchResult result = fetch(3, Integer.MAX_VALUE);

    assertThat(result.error()).isEqualTo(Errors.NONE);
    assertThat(result.highWatermark()).isEqualTo(6);
    assertThat(result.sizeInBytes()).isEqualTo(2 * batch.length());
    assertThat(baseOffsets(result)).containsExactly(2L, 4L);
    assertThat(baseOffsets(fetch(0, 1))).containsExactly(0L);
    assertThat(baseOffsets(fetch(0, 2 * batch.length()))).containsExactly(0L, 2L);
    assertThat(fetch(6, 100).batches()).isEmpty();
    assertThat(fetch(7, 100).error()).isEqualTo(Errors.OFFSET_OUT_OF_RANGE);
  }

  @Test
  void shouldRefuseOffsetsOutOfRangeOnBothSidesAndTellTheBounds() {
    entry(at(10, 11, 12, 13));
    state = state.evolve(new LogStartMoved(2));

    for (long offset : List.of(-5L, -1L, 0L, 1L, 5L, Long.MAX_VALUE)) {
      FetchResult result = fetch(offset, 100);
      assertThat(result.error()).as("offset %d", offset).isEqualTo(Errors.OFFSET_OUT_OF_RANGE);
      assertThat(result.logStartOffset()).isEqualTo(2);
      assertThat(result.highWatermark()).isEqualTo(4);
    }
    assertThat(reader.queries).as("nothing is read for them").isEmpty();
    assertThat(fetch(2, 100).error()).isEqualTo(Errors.NONE);
    assertThat(fetch(4, 100).error()).as("the end").isEqualTo(Errors.NONE);
  }

  @Test
  void shouldReadNothingForBounds() {
    entry(at(10));

    FetchResult bounds =
        reads.bounds(ID, new FetchQuery(0, 100, -1, false)).toCompletableFuture().join();

    assertThat(bounds.hasRecordsFor(new FetchQuery(0, 100, -1, false))).isTrue();
    assertThat(bounds.hasRecordsFor(new FetchQuery(1, 100, -1, false))).isFalse();
    assertThat(bounds.batches()).isEmpty();
    assertThat(reader.queries).isEmpty();
  }

  @Test
  void shouldAskAgainOnceWhenTheLogHasChangedMeanwhile() {
    entry(at(10));
    reader.entries.clear();

    assertThat(fetch(0, 100).error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    assertThat(reader.queries).hasSize(2);
  }

  @Test
  void shouldCheckTheLeaderEpochThatTheClientKnows() {
    assertThat(list(-1, 3).error()).isEqualTo(Errors.FENCED_LEADER_EPOCH);
    assertThat(list(-1, 5).error()).isEqualTo(Errors.UNKNOWN_LEADER_EPOCH);
    assertThat(list(-1, 4).error()).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldFindBothEnds() {
    entry(at(10, 11, 12));
    state = state.evolve(new LogStartMoved(1));

    assertThat(list(-1, -1)).isEqualTo(new OffsetResult(Errors.NONE, 3, -1, EPOCH));
    assertThat(list(-2, -1)).isEqualTo(new OffsetResult(Errors.NONE, 1, -1, EPOCH));
  }

  @Test
  void shouldFindTheFirstRecordAtOrAfterATime() {
    entry(at(10, 30, 20), at(40));
    entry(at(15, 50));

    assertThat(list(0, -1)).isEqualTo(new OffsetResult(Errors.NONE, 0, 10, EPOCH));
    assertThat(list(11, -1)).isEqualTo(new OffsetResult(Errors.NONE, 1, 30, EPOCH));
    assertThat(list(40, -1)).isEqualTo(new OffsetResult(Errors.NONE, 3, 40, EPOCH));
    assertThat(list(41, -1)).isEqualTo(new OffsetResult(Errors.NONE, 5, 50, EPOCH));
    assertThat(list(51, -1)).isEqualTo(new OffsetResult(Errors.NONE, -1, -1, -1));
  }

  @Test
  void shouldNotFindRecordsBeforeTheLogStart() {
    entry(at(10, 30, 20));
    entry(at(25));
    state = state.evolve(new LogStartMoved(2));

    assertThat(list(21, -1)).isEqualTo(new OffsetResult(Errors.NONE, 3, 25, EPOCH));
  }

  @Test
  void shouldFindTheLargestTimestamp() {
    assertThat(list(-3, -1).offset()).isEqualTo(-1);
    entry(at(10, 70, 70), at(40));
    entry(at(15, 50, 20));
    entry(at(45));

    assertThat(list(-3, -1)).isEqualTo(new OffsetResult(Errors.NONE, 1, 70, EPOCH));
    state = state.evolve(new LogStartMoved(3));
    assertThat(list(-3, -1)).isEqualTo(new OffsetResult(Errors.NONE, 5, 50, EPOCH));
    state = state.evolve(new LogStartMoved(6));
    assertThat(list(-3, -1)).isEqualTo(new OffsetResult(Errors.NONE, 7, 45, EPOCH));
  }

  @Test
  void shouldFindRecordsByTheTimeOfTheLogWhereTheLogStamps() {
    TopicSettings stamping = settings(Map.of("message.timestamp.type", "LogAppendTime"));
    entry(new AppendContext(stamping, EPOCH, 0, 1_000, new LateStarts()), at(5, 7_000));
    entry(new AppendContext(stamping, EPOCH, 0, 2_000, new LateStarts()), at(3));

    assertThat(list(6, -1)).isEqualTo(new OffsetResult(Errors.NONE, 0, 1_000, EPOCH));
    assertThat(list(1_001, -1)).isEqualTo(new OffsetResult(Errors.NONE, 2, 2_000, EPOCH));
    assertThat(list(2_001, -1).offset()).isEqualTo(-1);
    assertThat(list(-3, -1)).isEqualTo(new OffsetResult(Errors.NONE, 2, 2_000, EPOCH));
    RecordBatch fetched =
        MemoryRecords.readableRecords(fetch(0, 1).batches().get(0).asByteBuffer()).firstBatch();
    assertThat(fetched.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
    assertThat(fetched).extracting(Record::timestamp).containsOnly(1_000L);
  }

  private FetchResult fetch(long offset, int maxBytes) {
    FetchQuery query = new FetchQuery(offset, maxBytes, -1, false);
    return reads
        .bounds(ID, query)
        .thenCompose(bounds -> reads.read(ID, query, bounds))
        .toCompletableFuture()
        .join();
  }

  private OffsetResult list(long timestamp, int epoch) {
    return reads.listOffset(ID, timestamp, epoch, false).toCompletableFuture().join();
  }

  private void entry(ByteString... batches) {
    entry(new AppendContext(settings(Map.of()), EPOCH, 0, 100, new LateStarts()), batches);
  }

  private void entry(AppendContext context, ByteString... batches) {
    LogHead head = LogHead.of(state);
    List<Accepted> group = new ArrayList<>();
    for (ByteString batch : batches) {
      Accepted next = (Accepted) AppendLogic.decide(head, batch, context);
      head = head.after(next.entry());
      group.add(next);
    }
    EntryAppended entry = EntryWriter.write(group);
    state = state.evolve(entry);
    reader.entries.add(
        new LogEntry(
            entry.firstPosition(), entry.lastPosition(), entry.maxTimestamp(), entry.bulk()));
  }

  private static TopicSettings settings(Map<String, String> configs) {
    return TopicSettings.of(new TopicDescription("t", Uuid.ONE_UUID, 1, configs), Map.of());
  }

  private static ByteString at(long... timestamps) {
    SimpleRecord[] records = new SimpleRecord[timestamps.length];
    for (int i = 0; i < timestamps.length; i++) {
      records[i] = new SimpleRecord(timestamps[i], new byte[] {1});
    }
    return Batches.bytes(MemoryRecords.withRecords(Compression.lz4().build(), records));
  }

  private static List<Long> baseOffsets(FetchResult result) {
    List<Long> offsets = new ArrayList<>();
    for (ByteString slice : result.batches()) {
      MemoryRecords.readableRecords(slice.asByteBuffer())
          .batches()
          .forEach(batch -> offsets.add(batch.baseOffset()));
    }
    return offsets;
  }
}
