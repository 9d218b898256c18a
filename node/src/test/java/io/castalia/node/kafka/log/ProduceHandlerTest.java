package io.castalia.node.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.AppendResult;
import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakePartitions;
import io.castalia.node.kafka.FakeTopics;
import io.castalia.node.kafka.Requests;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProduceHandlerTest {
  private static final short ALL = -1;
  private static final int BY_NAME = 12;
  private static final int BY_ID = 13;

  private final FakeTopics topics = new FakeTopics();
  private final FakePartitions partitions = new FakePartitions();
  private final TopicDescription topic = topics.given("t", 3);
  private final ProduceHandler handler =
      new ProduceHandler(
          new PartitionLookup(topics),
          partitions,
          partition -> Optional.of(new Node(7, "elsewhere", 9099)));

  @ParameterizedTest
  @ValueSource(ints = {3, 7, 8, 9, 12, 13})
  void shouldAppendInEveryShapeOfTheRequest(int version) {
    PartitionProduceResponse answer = only(produce(version, ALL, data(1, Requests.batch("a"))));

    assertThat(error(answer)).isEqualTo(Errors.NONE);
    assertThat(answer.baseOffset()).isZero();
    assertThat(log(1)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(shorts = {-2, 2, 100, Short.MAX_VALUE})
  void shouldRefuseAcksThatMeanNothing(short acks) {
    PartitionProduceResponse answer = only(produce(BY_NAME, acks, data(0, Requests.batch("a"))));

    assertThat(error(answer)).isEqualTo(Errors.INVALID_REQUIRED_ACKS);
    assertThat(answer.baseOffset()).isEqualTo(-1);
    assertThat(log(0)).isZero();
  }

  @Test
  void shouldAnswerEveryPartitionForItself() {
    partitions.onAppend(
        (partition, batches) ->
            partition.index() == 1
                ? CompletableFuture.completedFuture(
                    AppendResult.refused(Errors.NOT_ENOUGH_REPLICAS, "no quorum"))
                : partitions.appendNow(partition, batches));

    ProduceResponseData answer =
        produce(
            BY_NAME,
            ALL,
            data(2, Requests.batch("a")),
            data(1, Requests.batch("b")),
            data(3, Requests.batch("c")),
            data(0, Requests.batch("d")));

    List<PartitionProduceResponse> each = answer.responses().iterator().next().partitionResponses();
    assertThat(each).extracting(PartitionProduceResponse::index).containsExactly(2, 1, 3, 0);
    assertThat(each)
        .extracting(ProduceHandlerTest::error)
        .containsExactly(
            Errors.NONE,
            Errors.NOT_ENOUGH_REPLICAS,
            Errors.UNKNOWN_TOPIC_OR_PARTITION,
            Errors.NONE);
    assertThat(each.get(1).errorMessage()).isEqualTo("no quorum");
  }

  @Test
  void shouldKnowTopicsByTheirIds() {
    ProduceResponseData known = produce(BY_ID, ALL, data(0, Requests.batch("a")));
    assertThat(known.responses().iterator().next().topicId()).isEqualTo(topic.id());
    assertThat(error(only(known))).isEqualTo(Errors.NONE);

    ProduceRequestData request = request(ALL, data(0, Requests.batch("a")));
    request.topicData().iterator().next().setTopicId(Uuid.randomUuid());
    ProduceResponseData unknown = send(BY_ID, request);

    assertThat(error(only(unknown))).isEqualTo(Errors.UNKNOWN_TOPIC_ID);
  }

  @Test
  void shouldTellWhichRecordsAreInvalid() {
    AppendResult invalid =
        new AppendResult(
            Errors.INVALID_RECORD,
            "one has no key",
            -1,
            -1,
            0,
            3,
            List.of(new AppendResult.RecordError(1, "no key")));
    partitions.onAppend((partition, batches) -> CompletableFuture.completedFuture(invalid));

    for (int version = handler.minVersion(); version <= handler.maxVersion(); version++) {
      assertThat(error(only(produce(version, ALL, data(0, Requests.batch("a", "b"))))))
          .isEqualTo(Errors.INVALID_RECORD);
    }
    PartitionProduceResponse answer =
        only(produce(BY_NAME, ALL, data(0, Requests.batch("a", "b"))));
    assertThat(answer.errorMessage()).isEqualTo("one has no key");
    assertThat(answer.recordErrors())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.batchIndex()).isEqualTo(1);
              assertThat(record.batchIndexErrorMessage()).isEqualTo("no key");
            });
  }

  @Test
  void shouldNameTheNewLeaderWhenAPartitionHasMoved() {
    AppendResult moved =
        new AppendResult(Errors.NOT_LEADER_OR_FOLLOWER, "it moved", -1, -1, -1, 5, List.of());
    partitions.onAppend((partition, batches) -> CompletableFuture.completedFuture(moved));

    ProduceResponseData answer = produce(BY_ID, ALL, data(0, Requests.batch("a")));

    assertThat(only(answer).currentLeader().leaderId()).isEqualTo(7);
    assertThat(only(answer).currentLeader().leaderEpoch()).isEqualTo(5);
    assertThat(answer.nodeEndpoints().find(7).host()).isEqualTo("elsewhere");
    assertThat(answer.nodeEndpoints().find(7).port()).isEqualTo(9099);
    for (int version = handler.minVersion(); version <= handler.maxVersion(); version++) {
      assertThat(error(only(produce(version, ALL, data(0, Requests.batch("a"))))))
          .isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    }
  }

  @Test
  void shouldRefuseWhatIsNotOneBatchBesideOthersThatAre() {
    ByteBuffer one = Requests.batch("a").buffer();
    MemoryRecords two =
        MemoryRecords.readableRecords(
            ByteBuffer.allocate(2 * one.remaining())
                .put(one.duplicate())
                .put(one.duplicate())
                .flip());
    MemoryRecords none = MemoryRecords.EMPTY;

    ProduceResponseData answer =
        produce(
            BY_NAME,
            ALL,
            data(0, two),
            data(1, none),
            new PartitionProduceData().setIndex(2).setRecords(null),
            data(2, Requests.batch("a")));

    assertThat(answer.responses().iterator().next().partitionResponses())
        .extracting(ProduceHandlerTest::error)
        .containsExactly(
            Errors.INVALID_RECORD, Errors.INVALID_RECORD, Errors.INVALID_RECORD, Errors.NONE);
  }

  @Test
  void shouldRefuseTransactionsThatNobodyCanHaveBegun() {
    ProduceRequestData request = request(ALL, data(0, Requests.batch("a")));

    assertThat(error(only(send(BY_NAME, request.setTransactionalId("orders")))))
        .isEqualTo(Errors.INVALID_TXN_STATE);
    assertThat(log(0)).isZero();
  }

  @Test
  void shouldHandOverTheBytesAsTheyCame() {
    List<ByteString> arrived = new ArrayList<>();
    partitions.onAppend(
        (partition, batches) -> {
          arrived.add(batches);
          return partitions.appendNow(partition, batches);
        });
    MemoryRecords batch = Requests.batch("a", "b", "c");

    produce(BY_NAME, ALL, data(0, batch));

    assertThat(arrived).containsExactly(ByteString.fromByteBuffer(batch.buffer()));
  }

  private ProduceResponseData produce(int version, short acks, PartitionProduceData... data) {
    return send(version, request(acks, data));
  }

  private ProduceResponseData send(int version, ProduceRequestData request) {
    return Exchange.send(handler, request, version, ProduceResponseData.class);
  }

  private ProduceRequestData request(short acks, PartitionProduceData... data) {
    TopicProduceData wanted =
        new TopicProduceData()
            .setName(topic.name())
            .setTopicId(topic.id())
            .setPartitionData(List.of(data));
    return new ProduceRequestData()
        .setAcks(acks)
        .setTimeoutMs(10_000)
        .setTopicData(new TopicProduceDataCollection(List.of(wanted).iterator()));
  }

  private long log(int partition) {
    return partitions.log(new PartitionId(topic.id(), partition)).end();
  }

  private static PartitionProduceData data(int partition, MemoryRecords records) {
    return new PartitionProduceData().setIndex(partition).setRecords(records);
  }

  private static PartitionProduceResponse only(ProduceResponseData answer) {
    return answer.responses().iterator().next().partitionResponses().get(0);
  }

  private static Errors error(PartitionProduceResponse answer) {
    return Errors.forCode(answer.errorCode());
  }
}
