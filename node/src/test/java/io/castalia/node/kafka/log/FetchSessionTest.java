package io.castalia.node.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakePartitions;
import io.castalia.node.kafka.FakeTopics;
import io.castalia.node.kafka.GatewaySettings.FetchSettings;
import io.castalia.node.kafka.Requests;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FetchMetadata;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fetch sessions as a consumer meets them. */
class FetchSessionTest {
  private final FakeTopics topics = new FakeTopics();
  private final FakePartitions partitions = new FakePartitions();
  private final TopicDescription topic = topics.given("t", 4);
  private final FetchHandler handler =
      new FetchHandler(
          new PartitionLookup(topics),
          partitions,
          partition -> Optional.empty(),
          new FetchSettings(Fetches.MIB, 8 * Fetches.MIB, 2, 100));

  private int session;

  @BeforeEach
  void open() {
    append(0);
    FetchResponseData first =
        fetch(0, FetchMetadata.INITIAL_EPOCH, Fetches.from(topic, 0, 0, 1, 2));
    assertThat(Fetches.indexes(first)).as("a full answer").containsExactly(0, 1, 2);
    session = first.sessionId();
    assertThat(session).isPositive();
  }

  @Test
  void shouldAnswerOnlyPartitionsWithNews() {
    assertThat(Fetches.indexes(fetch(session, 1, Fetches.from(topic, 2, 0)))).isEmpty();

    append(2);
    append(1);

    FetchResponseData news = fetch(session, 2);
    assertThat(Fetches.indexes(news)).containsExactly(1, 2);
    assertThat(news.sessionId()).isEqualTo(session);
    FetchResponseData again = fetch(session, 3, Fetches.from(topic, 2, 1, 2));
    assertThat(Fetches.indexes(again)).isEmpty();
  }

  @Test
  void shouldTellOfAMovedLogStartWithoutRecords() {
    fetch(session, 1, Fetches.from(topic, 2, 0));
    partitions.deleteRecords(new PartitionId(topic.id(), 0), 1).toCompletableFuture().join();

    FetchResponseData news = fetch(session, 2);

    assertThat(Fetches.indexes(news)).containsExactly(0);
    assertThat(Fetches.partitions(news).get(0).logStartOffset()).isEqualTo(1);
    assertThat(Fetches.bytes(news)).isZero();
  }

  @Test
  void shouldTakeInAddedAndLeaveOutForgottenPartitions() {
    FetchRequestData changed = Fetches.session(session, 1, Fetches.from(topic, 0, 3));
    changed.setForgottenTopicsData(List.of(Fetches.forgotten(topic, 0, 1)));
    assertThat(Fetches.indexes(send(changed))).as("never told of before").containsExactly(3);

    append(0);
    append(1);
    append(2);
    append(3);

    assertThat(Fetches.indexes(fetch(session, 2))).containsExactly(2, 3);
  }

  @Test
  void shouldTellOfAnErrorEachTimeAndOfItsEnd() {
    PartitionId partition = new PartitionId(topic.id(), 1);
    fetch(session, 1, Fetches.from(topic, 2, 0));
    partitions.refuseFetches(partition, Errors.NOT_LEADER_OR_FOLLOWER);
    for (int epoch = 2; epoch < 4; epoch++) {
      PartitionData told = Fetches.partitions(fetch(session, epoch)).get(0);
      assertThat(told.partitionIndex()).isEqualTo(1);
      assertThat(told.errorCode()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER.code());
    }

    partitions.refuseFetches(partition, Errors.NONE);

    PartitionData told = Fetches.partitions(fetch(session, 4)).get(0);
    assertThat(told.errorCode()).isEqualTo(Errors.NONE.code());
    assertThat(Fetches.indexes(fetch(session, 5))).isEmpty();
  }

  @Test
  void shouldGivePartitionsTheirTurnWhenRecordsDoNotFit() {
    append(1);
    append(2);
    int oneBatch = batch().length();
    FetchRequestData narrow =
        Fetches.session(session, 1, Fetches.from(topic, 0, 0, 1, 2)).setMaxBytes(oneBatch);
    assertThat(withRecords(send(narrow))).containsExactly(1);
    assertThat(withRecords(send(narrow.setSessionEpoch(2)))).containsExactly(2);
    assertThat(withRecords(send(narrow.setSessionEpoch(3)))).containsExactly(0);
    assertThat(withRecords(send(narrow.setSessionEpoch(4)))).containsExactly(1);
  }

  @Test
  void shouldRefuseAnUnknownSession() {
    FetchResponseData answer = fetch(session + 1, 1);
    assertThat(answer.errorCode()).isEqualTo(Errors.FETCH_SESSION_ID_NOT_FOUND.code());
    assertThat(answer.responses()).isEmpty();
  }

  @Test
  void shouldRefuseAnEpochThatIsNotTheNextAndGoOnWithTheNext() {
    assertThat(fetch(session, 2).errorCode()).isEqualTo(Errors.INVALID_FETCH_SESSION_EPOCH.code());
    assertThat(fetch(session, 1).errorCode()).isEqualTo(Errors.NONE.code());
    assertThat(fetch(session, 1).errorCode()).isEqualTo(Errors.INVALID_FETCH_SESSION_EPOCH.code());
    assertThat(fetch(session, 2).errorCode()).isEqualTo(Errors.NONE.code());
  }

  @Test
  void shouldRefuseToGoOnByNameWhatWasBegunByTopicId() {
    FetchResponseData answer =
        Exchange.send(handler, Fetches.session(session, 1), 12, FetchResponseData.class);
    assertThat(answer.errorCode()).isEqualTo(Errors.FETCH_SESSION_TOPIC_ID_ERROR.code());
  }

  @Test
  void shouldCloseTheSessionOnTheFinalEpoch() {
    FetchResponseData last = fetch(session, FetchMetadata.FINAL_EPOCH, Fetches.from(topic, 0, 0));
    assertThat(last.sessionId()).isZero();
    assertThat(Fetches.indexes(last)).containsExactly(0);
    assertThat(fetch(session, 1).errorCode()).isEqualTo(Errors.FETCH_SESSION_ID_NOT_FOUND.code());
  }

  @Test
  void shouldReplaceTheSessionThatAFullRequestNames() {
    FetchResponseData full = fetch(session, FetchMetadata.INITIAL_EPOCH, Fetches.from(topic, 0, 3));
    assertThat(full.sessionId()).isNotZero().isNotEqualTo(session);
    assertThat(fetch(session, 1).errorCode()).isEqualTo(Errors.FETCH_SESSION_ID_NOT_FOUND.code());
  }

  @Test
  void shouldAnswerWithoutASessionWhenAllPlacesAreTaken() {
    FetchTopic wanted = Fetches.from(topic, 0, 0);
    assertThat(fetch(0, FetchMetadata.INITIAL_EPOCH, wanted).sessionId()).isNotZero();
    FetchResponseData third = fetch(0, FetchMetadata.INITIAL_EPOCH, wanted);
    assertThat(third.sessionId()).isZero();
    assertThat(Fetches.bytes(third)).isPositive();
  }

  private FetchResponseData fetch(int sessionId, int epoch, FetchTopic... wanted) {
    return send(Fetches.session(sessionId, epoch, wanted));
  }

  private FetchResponseData send(FetchRequestData request) {
    return Exchange.send(handler, request, Fetches.VERSION, FetchResponseData.class);
  }

  private void append(int partition) {
    partitions.log(new PartitionId(topic.id(), partition)).append(batch());
  }

  private static ByteString batch() {
    return ByteString.fromByteBuffer(Requests.batch("a", "b").buffer());
  }

  private static List<Integer> withRecords(FetchResponseData answer) {
    return Fetches.partitions(answer).stream()
        .filter(partition -> partition.records().sizeInBytes() > 0)
        .map(PartitionData::partitionIndex)
        .toList();
  }
}
