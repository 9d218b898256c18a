package io.castalia.actors.partition;

import static io.castalia.actors.partition.Batches.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.AppendDecision.Accepted;
import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.TopicSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class EntryWriterTest {
  private static final int BYTES_BEFORE_CRC = 17;

  @Test
  void shouldSetOffsetsAndEpochAndKeepAllOtherBytes() {
    ByteString first = Batches.plain("a", "b");
    ByteString second = Batches.idempotent(7, 0, 0, "c");
    ByteString third = Batches.plain("d");

    EntryAppended entry = EntryWriter.write(accepted(Map.of(), first.concat(second), third));

    assertThat(entry.firstPosition()).isZero();
    assertThat(entry.lastPosition()).isEqualTo(3);
    assertThat(entry.producerBatches()).extracting(ProducerBatch::baseOffset).containsExactly(2L);
    assertThat(batches(entry))
        .extracting(MutableRecordBatch::baseOffset)
        .containsExactly(0L, 2L, 3L);
    assertThat(batches(entry))
        .allSatisfy(batch -> assertThat(batch.partitionLeaderEpoch()).isEqualTo(4))
        .allSatisfy(batch -> assertThat(batch.isValid()).isTrue());
    assertThat(entry.bulk().slice(BYTES_BEFORE_CRC, first.length()))
        .isEqualTo(first.drop(BYTES_BEFORE_CRC));
  }

  @Test
  void shouldStampLogAppendTimeAndSetTheCrcAnew() {
    EntryAppended entry =
        EntryWriter.write(
            accepted(Map.of("message.timestamp.type", "LogAppendTime"), Batches.at(5, "a", "b")));

    MutableRecordBatch batch = batches(entry).get(0);
    assertThat(batch.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
    assertThat(batch.maxTimestamp()).isEqualTo(NOW);
    assertThat(batch.isValid()).isTrue();
    assertThat(batch).extracting(Record::timestamp).containsOnly(NOW);
  }

  @Test
  void shouldLeaveTheProducersBytesAlone() {
    ByteString payload = Batches.plain("a");
    ByteString before = ByteString.fromArray(payload.toArray());
    accepted(Map.of(), Batches.plain("z"), payload);

    EntryWriter.write(accepted(Map.of(), Batches.plain("z"), payload));

    assertThat(payload).isEqualTo(before);
  }

  @Test
  void shouldEvolveToTheSameStateAsItsPartsDo() {
    List<Accepted> group =
        accepted(
            Map.of(),
            Batches.idempotent(7, 0, 0, "a"),
            Batches.at(NOW + 5, "b"),
            Batches.idempotent(7, 0, 1, "c"));
    PartitionState inParts = PartitionState.EMPTY;
    for (Accepted part : group) {
      inParts = inParts.evolve(part.entry());
    }

    assertThat(PartitionState.EMPTY.evolve(EntryWriter.write(group))).isEqualTo(inParts);
    assertThat(inParts.maxTimestamp()).isEqualTo(new TimestampMark(NOW + 5, 1));
  }

  private static List<MutableRecordBatch> batches(EntryAppended entry) {
    List<MutableRecordBatch> batches = new ArrayList<>();
    MemoryRecords.readableRecords(entry.bulk().asByteBuffer()).batches().forEach(batches::add);
    return batches;
  }

  private static List<Accepted> accepted(Map<String, String> configs, ByteString... payloads) {
    TopicSettings settings =
        TopicSettings.of(new TopicDescription("t", Uuid.ONE_UUID, 1, configs), Map.of());
    LogHead head = LogHead.of(PartitionState.EMPTY);
    List<Accepted> group = new ArrayList<>();
    for (ByteString payload : payloads) {
      Accepted next =
          (Accepted)
              AppendLogic.decide(
                  head, payload, new AppendContext(settings, 4, 0, NOW, new LateStarts()));
      head = head.after(next.entry());
      group.add(next);
    }
    return group;
  }
}
