package io.castalia.node.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.OffsetResult;
import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeLog;
import io.castalia.node.kafka.FakePartitions;
import io.castalia.node.kafka.FakeTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DeleteRecordsResponseData;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsPartitionResult;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopicCollection;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.EpochEndOffset;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ListOffsets, OffsetForLeaderEpoch and DeleteRecords. */
class LogOffsetHandlersTest {
  private final FakeTopics topics = new FakeTopics();
  private final FakePartitions partitions = new FakePartitions();
  private final PartitionLookup lookup = new PartitionLookup(topics);
  private final ListOffsetsHandler listOffsets = new ListOffsetsHandler(lookup, partitions);
  private final OffsetForLeaderEpochHandler epochs =
      new OffsetForLeaderEpochHandler(lookup, partitions);
  private final DeleteRecordsHandler deleteRecords = new DeleteRecordsHandler(lookup, partitions);
  private final TopicDescription topic = topics.given("t", 200);

  @BeforeEach
  void appendAtTimes1000And2000And3000() {
    for (long time = 1000; time <= 3000; time += 1000) {
      SimpleRecord record = new SimpleRecord(time, new byte[] {1});
      partitions
          .log(new PartitionId(topic.id(), 0))
          .append(
              ByteString.fromByteBuffer(
                  MemoryRecords.withRecords(Compression.NONE, record).buffer()));
    }
  }

  @ParameterizedTest(name = "time {0} in version {1}: {2} at {3}, {4}")
  @CsvSource({
    "0, 1, 0, 1000, NONE",
    "1000, 1, 0, 1000, NONE",
    "1001, 1, 1, 2000, NONE",
    "3000, 10, 2, 3000, NONE",
    "3001, 10, -1, -1, NONE",
    "-1, 1, 3, -1, NONE",
    "-2, 1, 0, -1, NONE",
    "-4, 8, 0, -1, NONE",
    "-5, 9, -1, -1, NONE",
    "-3, 6, -1, -1, UNSUPPORTED_VERSION",
    "-4, 7, -1, -1, UNSUPPORTED_VERSION",
    "-99, 10, -1, -1, UNSUPPORTED_VERSION",
  })
  void shouldFindOffsetsByTime(long time, int version, long offset, long at, Errors error) {
    ListOffsetsPartitionResponse answer = list(version, partitionAt(0, time)).get(0);

    assertThat(Errors.forCode(answer.errorCode())).isEqualTo(error);
    assertThat(answer.offset()).isEqualTo(offset);
    assertThat(answer.timestamp()).isEqualTo(at);
  }

  @Test
  void shouldRefuseAPartitionThatIsAskedForTwice() {
    assertThat(list(5, partitionAt(0, -1), partitionAt(1, -1), partitionAt(0, -2)))
        .extracting(answer -> Errors.forCode(answer.errorCode()))
        .containsExactly(Errors.INVALID_REQUEST, Errors.NONE, Errors.INVALID_REQUEST);
  }

  @Test
  void shouldListUnknownPartitionsAsUnknown() {
    for (int version = listOffsets.minVersion(); version <= listOffsets.maxVersion(); version++) {
      assertThat(list(version, partitionAt(200, -1), partitionAt(-1, -1)))
          .extracting(answer -> Errors.forCode(answer.errorCode()))
          .containsOnly(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    }
  }

  @Test
  void shouldAskABoundedNumberOfPartitionsAtATimeAndAnswerInOrder() {
    List<Runnable> held = new ArrayList<>();
    partitions.paceOffsets(result -> hold(result, held));
    List<ListOffsetsTopic> asked =
        List.of(
            topic(IntStream.range(0, 100).toArray()),
            new ListOffsetsTopic().setName("empty"),
            topic(IntStream.range(100, 200).toArray()));

    CompletableFuture<ListOffsetsResponseData> answer =
        Exchange.begin(
            listOffsets,
            new ListOffsetsRequestData().setReplicaId(-1).setTopics(asked),
            5,
            ListOffsetsResponseData.class);

    assertThat(held).hasSize(Answers.AT_ONCE);
    for (int i = 0; i < held.size(); i++) {
      held.get(i).run();
    }
    assertThat(held).hasSize(200);
    assertThat(answer).isCompleted();
    assertThat(answer.join().topics())
        .extracting(each -> each.partitions().size())
        .containsExactly(100, 0, 100);
    assertThat(answer.join().topics().get(2).partitions())
        .extracting(ListOffsetsPartitionResponse::partitionIndex)
        .containsExactlyElementsOf(IntStream.range(100, 200).boxed().toList());
  }

  @ParameterizedTest(name = "end of epoch {0} for one who knows {1}: {2} in {3}, {4}")
  @CsvSource({
    "3, 3, 3, 3, NONE",
    "9, -1, 3, 3, NONE",
    "1, 3, -1, -1, NONE",
    "3, 4, -1, -1, UNKNOWN_LEADER_EPOCH",
  })
  void shouldTellWhereEpochsEnd(int epoch, int known, long end, int endEpoch, Errors error) {
    EpochEndOffset answer = endOfEpoch(0, epoch, known);

    assertThat(FakeLog.EPOCH).isEqualTo(3);
    assertThat(Errors.forCode(answer.errorCode())).isEqualTo(error);
    assertThat(answer.endOffset()).isEqualTo(end);
    assertThat(answer.leaderEpoch()).isEqualTo(endEpoch);
  }

  @Test
  void shouldTellOfNoEpochOfAnUnknownPartition() {
    assertThat(Errors.forCode(endOfEpoch(200, 0, -1).errorCode()))
        .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @ParameterizedTest(name = "delete before {1} of partition {0}: {2}, {3}")
  @CsvSource({
    "0, 2, 2, NONE",
    "0, 0, 0, NONE",
    "0, -1, 3, NONE",
    "0, 4, -1, OFFSET_OUT_OF_RANGE",
    "0, -2, -1, OFFSET_OUT_OF_RANGE",
    "200, 0, -1, UNKNOWN_TOPIC_OR_PARTITION",
  })
  void shouldMoveTheStartOfTheLog(int partition, long offset, long lowWatermark, Errors error) {
    for (int version = 0; version <= 2; version++) {
      DeleteRecordsPartitionResult answer = delete(version, partition, offset);
      assertThat(Errors.forCode(answer.errorCode())).isEqualTo(error);
      assertThat(answer.lowWatermark()).isEqualTo(lowWatermark);
    }
  }

  private List<ListOffsetsPartitionResponse> list(int version, ListOffsetsPartition... asked) {
    ListOffsetsTopic wanted =
        new ListOffsetsTopic().setName(topic.name()).setPartitions(List.of(asked));
    return Exchange.send(
            listOffsets,
            new ListOffsetsRequestData().setReplicaId(-1).setTopics(List.of(wanted)),
            version,
            ListOffsetsResponseData.class)
        .topics()
        .get(0)
        .partitions();
  }

  private EpochEndOffset endOfEpoch(int partition, int epoch, int known) {
    OffsetForLeaderPartition asked =
        new OffsetForLeaderPartition()
            .setPartition(partition)
            .setLeaderEpoch(epoch)
            .setCurrentLeaderEpoch(known);
    OffsetForLeaderTopic wanted =
        new OffsetForLeaderTopic().setTopic(topic.name()).setPartitions(List.of(asked));
    OffsetForLeaderEpochRequestData request =
        new OffsetForLeaderEpochRequestData()
            .setTopics(new OffsetForLeaderTopicCollection(List.of(wanted).iterator()));
    return Exchange.send(epochs, request, 4, OffsetForLeaderEpochResponseData.class)
        .topics()
        .find(topic.name())
        .partitions()
        .get(0);
  }

  private DeleteRecordsPartitionResult delete(int version, int partition, long offset) {
    DeleteRecordsTopic wanted =
        new DeleteRecordsTopic()
            .setName(topic.name())
            .setPartitions(
                List.of(
                    new DeleteRecordsPartition().setPartitionIndex(partition).setOffset(offset)));
    DeleteRecordsRequestData request =
        new DeleteRecordsRequestData().setTopics(List.of(wanted)).setTimeoutMs(1000);
    return Exchange.send(deleteRecords, request, version, DeleteRecordsResponseData.class)
        .topics()
        .find(topic.name())
        .partitions()
        .find(partition);
  }

  private ListOffsetsTopic topic(int... indexes) {
    return new ListOffsetsTopic()
        .setName(topic.name())
        .setPartitions(IntStream.of(indexes).mapToObj(index -> partitionAt(index, -1)).toList());
  }

  private static ListOffsetsPartition partitionAt(int index, long time) {
    return new ListOffsetsPartition().setPartitionIndex(index).setTimestamp(time);
  }

  private static CompletionStage<OffsetResult> hold(
      CompletionStage<OffsetResult> result, List<Runnable> held) {
    CompletableFuture<OffsetResult> later = new CompletableFuture<>();
    held.add(() -> later.complete(result.toCompletableFuture().join()));
    return later;
  }
}
