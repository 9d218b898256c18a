package io.castalia.node.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.topic.TopicDescription;
import io.castalia.node.kafka.Exchange;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** What a fetch is answered by partitions that have something to say. */
class FetchHandlerTest {
  private final FetchFixture log = new FetchFixture();
  private final int[] all = IntStream.range(0, FetchFixture.PARTITIONS).toArray();

  @Test
  void shouldKeepMaxBytesOverManyPartitionsAndAnswerThemAll() {
    for (int index : all) {
      log.append(index);
      log.append(index);
    }
    FetchRequestData request =
        Fetches.of(Fetches.from(log.topic, 0, all)).setMaxBytes(10 * log.oneBatch);

    FetchResponseData answer = log.fetch(request);

    assertThat(Fetches.indexes(answer)).hasSize(all.length);
    assertThat(Fetches.bytes(answer)).isPositive().isLessThanOrEqualTo(10 * log.oneBatch);
    assertThat(Fetches.partitions(answer)).allMatch(each -> each.highWatermark() >= 2);
  }

  @Test
  void shouldKeepAPartitionsMaxBytes() {
    log.append(0);
    log.append(0);
    log.append(0);

    PartitionData answer =
        Fetches.only(log.fetch(Fetches.of(Fetches.upTo(2 * log.oneBatch, log.topic, 0, 0))));

    assertThat(answer.records().sizeInBytes()).isEqualTo(2 * log.oneBatch);
  }

  @Test
  void shouldGiveAFirstBatchThatIsLargerThanAllowed() {
    log.append(0);
    log.append(0);
    log.append(1);
    FetchRequestData request = Fetches.of(Fetches.upTo(1, log.topic, 0, 0, 1)).setMaxBytes(1);

    List<PartitionData> answer = Fetches.partitions(log.fetch(request));

    assertThat(Fetches.baseOffsets(answer.get(0))).containsExactly(0L);
    assertThat(answer.get(1).records().sizeInBytes()).as("no second exception").isZero();
  }

  @Test
  void shouldGiveTheWholeBatchThatHoldsTheOffset() {
    log.append(0);
    log.append(0);

    PartitionData answer = Fetches.only(log.fetch(Fetches.of(Fetches.from(log.topic, 3, 0))));

    assertThat(Fetches.baseOffsets(answer)).as("of two records each").containsExactly(2L);
    assertThat(answer.highWatermark()).isEqualTo(4);
  }

  @Test
  void shouldTellUnknownTopicsFromUnknownPartitions() {
    TopicDescription unknown = new TopicDescription("u", Uuid.randomUuid(), 1, Map.of());
    FetchRequestData request =
        Fetches.of(Fetches.from(unknown, 0, 0), Fetches.from(log.topic, 0, 40, -1));

    assertThat(log.fetch(request).responses().get(0).topicId()).isEqualTo(unknown.id());
    assertThat(Fetches.errors(log.fetch(request)))
        .containsExactly(
            Errors.UNKNOWN_TOPIC_ID,
            Errors.UNKNOWN_TOPIC_OR_PARTITION,
            Errors.UNKNOWN_TOPIC_OR_PARTITION);
    FetchResponseData byName = Exchange.send(log.handler, request, 12, FetchResponseData.class);
    assertThat(Fetches.errors(byName)).containsOnly(Errors.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void shouldTellTheBoundsOfTheLogWithAnOffsetOutOfRange() {
    log.append(0);

    PartitionData answer = Fetches.only(log.fetch(Fetches.of(Fetches.from(log.topic, 99, 0))));

    assertThat(answer.errorCode()).isEqualTo(Errors.OFFSET_OUT_OF_RANGE.code());
    assertThat(answer.highWatermark()).isEqualTo(2);
  }

  @Test
  void shouldNameTheNewLeaderWhenAPartitionHasMoved() {
    log.partitions.refuseFetches(log.id(0), Errors.NOT_LEADER_OR_FOLLOWER);

    FetchResponseData answer = log.fetch(Fetches.of(Fetches.from(log.topic, 0, 0)));

    assertThat(Fetches.only(answer).currentLeader().leaderId()).isEqualTo(7);
    assertThat(answer.nodeEndpoints().find(7).host()).isEqualTo("elsewhere");
  }

  @Test
  void shouldAnswerMovedPartitionsInEveryVersion() {
    log.partitions.refuseFetches(log.id(0), Errors.NOT_LEADER_OR_FOLLOWER);
    log.append(1);

    for (int version = log.handler.minVersion(); version <= log.handler.maxVersion(); version++) {
      FetchRequestData request = Fetches.of(Fetches.from(log.topic, 0, 0, 1));
      FetchResponseData answer =
          Exchange.send(log.handler, request, version, FetchResponseData.class);
      assertThat(Fetches.errors(answer))
          .containsExactly(Errors.NOT_LEADER_OR_FOLLOWER, Errors.NONE);
      assertThat(Fetches.bytes(answer)).isEqualTo(log.oneBatch);
    }
  }

  @Test
  void shouldNotPassOnACodeThatTheJavaConsumerFailsOn() {
    log.partitions.refuseFetches(log.id(0), Errors.REQUEST_TIMED_OUT);

    assertThat(Fetches.errors(log.fetch(Fetches.of(Fetches.from(log.topic, 0, 0)))))
        .containsExactly(Errors.NOT_LEADER_OR_FOLLOWER);
  }
}
