package io.castalia.node.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.topic.TopicDescription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** What fetches wait for, and that those which wait hold up nobody. */
class FetchWaitsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FetchFixture log = new FetchFixture();

  @Test
  void shouldWaitForMinBytesOverSeveralPartitions() {
    log.append(0);
    FetchRequestData request =
        Fetches.of(Fetches.from(log.topic, 0, 0, 1, 2))
            .setMinBytes(3 * log.oneBatch)
            .setMaxWaitMs(FetchFixture.LONG_WAIT);
    CompletableFuture<FetchResponseData> answer = log.begin(request);
    log.append(1);
    assertThat(answer).isNotDone();

    log.append(2);

    assertThat(answer).succeedsWithin(PATIENCE);
    assertThat(Fetches.bytes(answer.join())).isEqualTo(3 * log.oneBatch);
  }

  @Test
  void shouldAnswerWithWhatThereIsWhenMaxWaitIsOver() {
    log.append(0);
    FetchRequestData request =
        Fetches.of(Fetches.from(log.topic, 0, 0)).setMinBytes(Fetches.MIB).setMaxWaitMs(50);

    assertThat(Fetches.bytes(log.fetch(request))).isEqualTo(log.oneBatch);
  }

  @Test
  void shouldNotWaitForMoreThanTheResponseMayHold() {
    log.append(0);
    log.append(1);
    FetchRequestData request =
        Fetches.of(Fetches.from(log.topic, 0, 0, 1))
            .setMinBytes(Integer.MAX_VALUE)
            .setMaxBytes(log.oneBatch)
            .setMaxWaitMs(FetchFixture.LONG_WAIT);

    assertThat(log.begin(request)).succeedsWithin(PATIENCE);
  }

  @Test
  void shouldNotWaitWhenAPartitionFails() {
    log.partitions.refuseFetches(log.id(1), Errors.KAFKA_STORAGE_ERROR);
    FetchRequestData request =
        Fetches.of(Fetches.from(log.topic, 0, 0, 1)).setMaxWaitMs(FetchFixture.LONG_WAIT);

    assertThat(log.begin(request)).succeedsWithin(PATIENCE);
  }

  @Test
  void shouldGiveMemoryBackWhenResponsesAreOut() {
    log.append(0);
    for (int i = 0; i < 200; i++) {
      assertThat(Fetches.bytes(log.fetch(Fetches.of(Fetches.from(log.topic, 0, 0)))))
          .isEqualTo(log.oneBatch);
    }
  }

  @Test
  void shouldHoldNoMemoryForPartitionsThatDoNotAnswer() {
    log.partitions.silence(log.id(1));
    List<CompletableFuture<FetchResponseData>> stuck =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    log.begin(
                        Fetches.of(Fetches.from(log.topic, 0, 1))
                            .setMaxWaitMs(FetchFixture.LONG_WAIT)))
            .toList();
    log.append(0);

    assertThat(log.begin(Fetches.of(Fetches.from(log.topic, 0, 0)))).succeedsWithin(PATIENCE);
    assertThat(stuck).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void shouldHoldNoMemoryWhileWaitingForRecords() {
    List<CompletableFuture<FetchResponseData>> idle =
        IntStream.range(0, 5_000)
            .mapToObj(
                i ->
                    log.begin(
                        Fetches.of(Fetches.from(log.topic, 0, i % 30))
                            .setMaxWaitMs(FetchFixture.LONG_WAIT)))
            .toList();
    log.append(31);

    assertThat(log.begin(Fetches.of(Fetches.from(log.topic, 0, 31)))).succeedsWithin(PATIENCE);
    assertThat(idle).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void shouldAnswerForAPartitionThatDoesNotWhenOthersHaveAnswered() {
    log.partitions.silence(log.id(1));
    log.append(0);

    FetchResponseData answer = log.fetch(Fetches.of(Fetches.from(log.topic, 0, 0, 1, 2)));

    assertThat(Fetches.bytes(answer)).isEqualTo(log.oneBatch);
    assertThat(Fetches.errors(answer))
        .as("a code after which consumers ask again")
        .containsExactly(Errors.NONE, Errors.NOT_LEADER_OR_FOLLOWER, Errors.NONE);
  }

  @Test
  void shouldReachPartitionsBehindManyThatDoNotAnswer() {
    TopicDescription wide = log.topics.given("wide", 300);
    IntStream.range(0, 299)
        .forEach(index -> log.partitions.silence(new PartitionId(wide.id(), index)));
    log.append(new PartitionId(wide.id(), 299));

    FetchResponseData answer =
        log.fetch(Fetches.of(Fetches.from(wide, 0, IntStream.range(0, 300).toArray())));

    assertThat(Fetches.bytes(answer)).isEqualTo(log.oneBatch);
    assertThat(Fetches.indexes(answer)).hasSize(300);
  }

  @Test
  void shouldTellWhatWasKnownOfAPartitionThatFallsSilentMeanwhile() {
    log.append(1);
    FetchRequestData request =
        Fetches.of(Fetches.from(log.topic, 0, 0), Fetches.from(log.topic, 2, 1))
            .setMaxWaitMs(FetchFixture.LONG_WAIT);
    CompletableFuture<FetchResponseData> answer = log.begin(request);
    log.partitions.silence(log.id(1));

    log.append(0);

    assertThat(answer).succeedsWithin(PATIENCE);
    assertThat(Fetches.bytes(answer.join())).isEqualTo(log.oneBatch);
    assertThat(Fetches.errors(answer.join())).containsOnly(Errors.NONE);
    assertThat(Fetches.partitions(answer.join()).get(1).highWatermark()).isEqualTo(2);
  }

  @Test
  void shouldNoticeRecordsAlsoWhenTooManyPartitionsAreWaitedOn() {
    AwaitedPartitions awaited = new AwaitedPartitions(3);
    FetchHandler narrow = log.handler(awaited);
    CompletableFuture<FetchResponseData> waiting =
        FetchFixture.begin(
            narrow,
            Fetches.of(Fetches.from(log.topic, 0, 0, 1, 2)).setMaxWaitMs(FetchFixture.LONG_WAIT));
    CompletableFuture<FetchResponseData> looking =
        FetchFixture.begin(
            narrow, Fetches.of(Fetches.from(log.topic, 0, 3)).setMaxWaitMs(FetchFixture.LONG_WAIT));
    assertThat(awaited.count()).isEqualTo(3);

    log.append(3);
    assertThat(looking).succeedsWithin(PATIENCE);
    log.append(0);
    log.append(1);
    log.append(2);

    assertThat(waiting).succeedsWithin(PATIENCE);
    assertThat(awaited.count()).as("all are given back").isZero();
  }
}
