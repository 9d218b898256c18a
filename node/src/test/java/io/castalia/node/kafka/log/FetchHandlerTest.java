package io.castalia.node.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakePartitions;
import io.castalia.node.kafka.FakeTopics;
import io.castalia.node.kafka.GatewaySettings.FetchSettings;
import io.castalia.node.kafka.Requests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class FetchHandlerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LONG_WAIT = 60_000;

  private final FakeTopics topics = new FakeTopics();
  private final FakePartitions partitions = new FakePartitions();
  private final TopicDescription topic = topics.given("t", 40);
  private final int[] all = IntStream.range(0, 40).toArray();
  private final int oneBatch = append(39).length();
  private final FetchHandler handler = handler(new AwaitedPartitions(FetchHandler.MOST_AWAITED));

  @Test
  void shouldKeepMaxBytesOverManyPartitionsAndAnswerThemAll() {
    for (int index : all) {
      append(index);
      append(index);
    }
    FetchRequestData request = Fetches.of(Fetches.from(topic, 0, all)).setMaxBytes(10 * oneBatch);

    FetchResponseData answer = fetch(request);

    assertThat(Fetches.indexes(answer)).hasSize(all.length);
    assertThat(Fetches.bytes(answer)).isPositive().isLessThanOrEqualTo(10 * oneBatch);
    assertThat(Fetches.partitions(answer)).allMatch(each -> each.highWatermark() >= 2);
  }

  @Test
  void shouldKeepAPartitionsMaxBytes() {
    append(0);
    append(0);
    append(0);

    PartitionData answer = only(fetch(Fetches.of(Fetches.upTo(2 * oneBatch, topic, 0, 0))));

    assertThat(answer.records().sizeInBytes()).isEqualTo(2 * oneBatch);
  }

  @Test
  void shouldGiveAFirstBatchThatIsLargerThanAllowed() {
    append(0);
    append(0);
    append(1);
    FetchRequestData request = Fetches.of(Fetches.upTo(1, topic, 0, 0, 1)).setMaxBytes(1);

    List<PartitionData> answer = Fetches.partitions(fetch(request));

    assertThat(Fetches.baseOffsets(answer.get(0))).containsExactly(0L);
    assertThat(answer.get(1).records().sizeInBytes()).as("no second exception").isZero();
  }

  @Test
  void shouldGiveTheWholeBatchThatHoldsTheOffset() {
    append(0);
    append(0);

    PartitionData answer = only(fetch(Fetches.of(Fetches.from(topic, 3, 0))));

    assertThat(Fetches.baseOffsets(answer)).as("of two records each").containsExactly(2L);
    assertThat(answer.highWatermark()).isEqualTo(4);
  }

  @Test
  void shouldWaitForMinBytesOverSeveralPartitions() {
    append(0);
    FetchRequestData request =
        Fetches.of(Fetches.from(topic, 0, 0, 1, 2))
            .setMinBytes(3 * oneBatch)
            .setMaxWaitMs(LONG_WAIT);
    CompletableFuture<FetchResponseData> answer = begin(request);
    append(1);
    assertThat(answer).isNotDone();

    append(2);

    assertThat(answer).succeedsWithin(PATIENCE);
    assertThat(Fetches.bytes(answer.join())).isEqualTo(3 * oneBatch);
  }

  @Test
  void shouldAnswerWithWhatThereIsWhenMaxWaitIsOver() {
    append(0);
    FetchRequestData request =
        Fetches.of(Fetches.from(topic, 0, 0)).setMinBytes(Fetches.MIB).setMaxWaitMs(50);

    assertThat(Fetches.bytes(fetch(request))).isEqualTo(oneBatch);
  }

  @Test
  void shouldNotWaitForMoreThanTheResponseMayHold() {
    append(0);
    append(1);
    FetchRequestData request =
        Fetches.of(Fetches.from(topic, 0, 0, 1))
            .setMinBytes(Integer.MAX_VALUE)
            .setMaxBytes(oneBatch)
            .setMaxWaitMs(LONG_WAIT);

    assertThat(begin(request)).succeedsWithin(PATIENCE);
  }

  @Test
  void shouldNotWaitWhenAPartitionFails() {
    partitions.refuseFetches(id(1), Errors.KAFKA_STORAGE_ERROR);
    FetchRequestData request = Fetches.of(Fetches.from(topic, 0, 0, 1)).setMaxWaitMs(LONG_WAIT);

    assertThat(begin(request)).succeedsWithin(PATIENCE);
  }

  @Test
  void shouldTellUnknownTopicsFromUnknownPartitions() {
    TopicDescription unknown = new TopicDescription("u", Uuid.randomUuid(), 1, Map.of());
    FetchRequestData request =
        Fetches.of(Fetches.from(unknown, 0, 0), Fetches.from(topic, 0, 40, -1));

    assertThat(fetch(request).responses().get(0).topicId()).isEqualTo(unknown.id());
    assertThat(errors(fetch(request)))
        .containsExactly(
            Errors.UNKNOWN_TOPIC_ID,
            Errors.UNKNOWN_TOPIC_OR_PARTITION,
            Errors.UNKNOWN_TOPIC_OR_PARTITION);
    FetchResponseData byName = Exchange.send(handler, request, 12, FetchResponseData.class);
    assertThat(errors(byName)).containsOnly(Errors.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void shouldTellTheBoundsOfTheLogWithAnOffsetOutOfRange() {
    append(0);

    PartitionData answer = only(fetch(Fetches.of(Fetches.from(topic, 99, 0))));

    assertThat(answer.errorCode()).isEqualTo(Errors.OFFSET_OUT_OF_RANGE.code());
    assertThat(answer.highWatermark()).isEqualTo(2);
  }

  @Test
  void shouldNameTheNewLeaderWhenAPartitionHasMoved() {
    partitions.refuseFetches(id(0), Errors.NOT_LEADER_OR_FOLLOWER);

    FetchResponseData answer = fetch(Fetches.of(Fetches.from(topic, 0, 0)));

    assertThat(only(answer).currentLeader().leaderId()).isEqualTo(7);
    assertThat(answer.nodeEndpoints().find(7).host()).isEqualTo("elsewhere");
  }

  @Test
  void shouldAnswerMovedPartitionsInEveryVersion() {
    partitions.refuseFetches(id(0), Errors.NOT_LEADER_OR_FOLLOWER);
    append(1);

    for (int version = handler.minVersion(); version <= handler.maxVersion(); version++) {
      FetchRequestData request = Fetches.of(Fetches.from(topic, 0, 0, 1));
      FetchResponseData answer = Exchange.send(handler, request, version, FetchResponseData.class);
      assertThat(errors(answer)).containsExactly(Errors.NOT_LEADER_OR_FOLLOWER, Errors.NONE);
      assertThat(Fetches.bytes(answer)).isEqualTo(oneBatch);
    }
  }

  @Test
  void shouldGiveMemoryBackWhenResponsesAreOut() {
    append(0);
    for (int i = 0; i < 200; i++) {
      assertThat(Fetches.bytes(fetch(Fetches.of(Fetches.from(topic, 0, 0))))).isEqualTo(oneBatch);
    }
  }

  @Test
  void shouldHoldNoMemoryForPartitionsThatDoNotAnswer() {
    partitions.silence(id(1));
    List<CompletableFuture<FetchResponseData>> stuck =
        IntStream.range(0, 100)
            .mapToObj(i -> begin(Fetches.of(Fetches.from(topic, 0, 1)).setMaxWaitMs(LONG_WAIT)))
            .toList();
    append(0);

    assertThat(begin(Fetches.of(Fetches.from(topic, 0, 0)))).succeedsWithin(PATIENCE);
    assertThat(stuck).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void shouldHoldNoMemoryWhileWaitingForRecords() {
    List<CompletableFuture<FetchResponseData>> idle =
        IntStream.range(0, 5_000)
            .mapToObj(
                i -> begin(Fetches.of(Fetches.from(topic, 0, i % 30)).setMaxWaitMs(LONG_WAIT)))
            .toList();
    append(31);

    assertThat(begin(Fetches.of(Fetches.from(topic, 0, 31)))).succeedsWithin(PATIENCE);
    assertThat(idle).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void shouldAnswerForAPartitionThatDoesNotWhenOthersHaveAnswered() {
    partitions.silence(id(1));
    append(0);

    FetchResponseData answer = fetch(Fetches.of(Fetches.from(topic, 0, 0, 1, 2)));

    assertThat(Fetches.bytes(answer)).isEqualTo(oneBatch);
    assertThat(errors(answer))
        .as("a code after which consumers ask again")
        .containsExactly(Errors.NONE, Errors.NOT_LEADER_OR_FOLLOWER, Errors.NONE);
  }

  @Test
  void shouldReachPartitionsBehindManyThatDoNotAnswer() {
    TopicDescription wide = topics.given("wide", 300);
    IntStream.range(0, 299).forEach(index -> partitions.silence(new PartitionId(wide.id(), index)));
    partitions
        .log(new PartitionId(wide.id(), 299))
        .append(ByteString.fromByteBuffer(Requests.batch("a", "b").buffer()));

    FetchResponseData answer =
        fetch(Fetches.of(Fetches.from(wide, 0, IntStream.range(0, 300).toArray())));

    assertThat(Fetches.bytes(answer)).isEqualTo(oneBatch);
    assertThat(Fetches.indexes(answer)).hasSize(300);
  }

  @Test
  void shouldTellWhatWasKnownOfAPartitionThatFallsSilentMeanwhile() {
    append(1);
    FetchRequestData request =
        Fetches.of(Fetches.from(topic, 0, 0), Fetches.from(topic, 2, 1)).setMaxWaitMs(LONG_WAIT);
    CompletableFuture<FetchResponseData> answer = begin(request);
    partitions.silence(id(1));

    append(0);

    assertThat(answer).succeedsWithin(PATIENCE);
    assertThat(Fetches.bytes(answer.join())).isEqualTo(oneBatch);
    assertThat(errors(answer.join())).containsOnly(Errors.NONE);
    assertThat(Fetches.partitions(answer.join()).get(1).highWatermark()).isEqualTo(2);
  }

  @Test
  void shouldNotPassOnACodeThatTheJavaConsumerFailsOn() {
    partitions.refuseFetches(id(0), Errors.REQUEST_TIMED_OUT);

    assertThat(errors(fetch(Fetches.of(Fetches.from(topic, 0, 0)))))
        .containsExactly(Errors.NOT_LEADER_OR_FOLLOWER);
  }

  @Test
  void shouldNoticeRecordsAlsoWhenTooManyPartitionsAreWaitedOn() {
    AwaitedPartitions awaited = new AwaitedPartitions(3);
    FetchHandler narrow = handler(awaited);
    CompletableFuture<FetchResponseData> waiting =
        begin(narrow, Fetches.of(Fetches.from(topic, 0, 0, 1, 2)).setMaxWaitMs(LONG_WAIT));
    CompletableFuture<FetchResponseData> looking =
        begin(narrow, Fetches.of(Fetches.from(topic, 0, 3)).setMaxWaitMs(LONG_WAIT));
    assertThat(awaited.count()).isEqualTo(3);

    append(3);
    assertThat(looking).succeedsWithin(PATIENCE);
    append(0);
    append(1);
    append(2);

    assertThat(waiting).succeedsWithin(PATIENCE);
    assertThat(awaited.count()).as("all are given back").isZero();
  }

  private FetchResponseData fetch(FetchRequestData request) {
    return Exchange.send(handler, request, Fetches.VERSION, FetchResponseData.class);
  }

  private CompletableFuture<FetchResponseData> begin(FetchRequestData request) {
    return begin(handler, request);
  }

  private static CompletableFuture<FetchResponseData> begin(
      FetchHandler handler, FetchRequestData request) {
    return Exchange.begin(handler, request, Fetches.VERSION, FetchResponseData.class);
  }

  private FetchHandler handler(AwaitedPartitions awaited) {
    return new FetchHandler(
        new PartitionLookup(topics),
        partitions,
        partition -> Optional.of(new Node(7, "elsewhere", 9099)),
        new FetchSettings(Fetches.MIB, 8 * Fetches.MIB, 10, 1000),
        awaited);
  }

  private PartitionId id(int partition) {
    return new PartitionId(topic.id(), partition);
  }

  private ByteString append(int partition) {
    ByteString batch = ByteString.fromByteBuffer(Requests.batch("a", "b").buffer());
    partitions.log(new PartitionId(topic.id(), partition)).append(batch);
    return batch;
  }

  private static PartitionData only(FetchResponseData answer) {
    List<PartitionData> answers = Fetches.partitions(answer);
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }

  private static List<Errors> errors(FetchResponseData answer) {
    return Fetches.partitions(answer).stream()
        .map(each -> Errors.forCode(each.errorCode()))
        .toList();
  }
}
