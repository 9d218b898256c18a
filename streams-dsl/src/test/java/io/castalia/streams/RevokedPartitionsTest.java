package io.castalia.streams;

import static io.castalia.streams.StreamedGroup.ONE;
import static io.castalia.streams.StreamedGroup.PATIENCE;
import static io.castalia.streams.StreamedGroup.TOPIC;
import static io.castalia.streams.StreamedGroup.ZERO;
import static io.castalia.streams.StreamedGroup.join;
import static io.castalia.streams.StreamedGroup.pull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.Consumer.DrainingControl;
import io.castalia.streams.ConsumerMessage.CommittableMessage;
import io.castalia.streams.ConsumerMessage.CommittableOffset;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stream does with a partition before another member of its group may have it. */
class RevokedPartitionsTest {
  private static final Duration A_WHILE = Duration.ofMillis(300);

  private final StreamedGroup group = new StreamedGroup();
  private final FakeBroker broker = group.broker();

  @AfterEach
  void stop() {
    group.close();
  }

  @Test
  void shouldHoldAPartitionUntilWhatItEmittedIsCommitted() {
    broker.publish(ZERO, 100_000);
    broker.publish(ONE, 100_000);
    broker.assign(ZERO, ONE);
    SinkQueueWithCancel<CommittableMessage<String, String>> queue =
        Consumer.committableSource(group.settings(), TOPIC).runWith(Sink.queue(), group.system());
    Deque<CommittableOffset> noted = new ArrayDeque<>();
    while (noted.isEmpty()) {
      pullAndNote(queue, noted);
    }

    broker.assign(ONE);
    await()
        .during(A_WHILE)
        .atMost(PATIENCE)
        .until(() -> pullAndNote(queue, noted) && broker.owned().contains(ZERO));

    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              join(noted.getLast().commit());
              return pullAndNote(queue, noted) && broker.owned().equals(Set.of(ONE));
            });
    assertThat(broker.committed())
        .containsEntry(ZERO, noted.getLast().partitionOffset().offset() + 1);
    for (int i = 0; i < 100; i++) {
      assertThat(pull(queue).record().partition()).isEqualTo(ONE.partition());
    }
  }

  /** Takes a record, and notes its offset if it is of the partition that goes. */
  private static boolean pullAndNote(
      SinkQueueWithCancel<CommittableMessage<String, String>> queue,
      Deque<CommittableOffset> noted) {
    CommittableOffset next = pull(queue).committableOffset();
    if (next.partitionOffset().partition().equals(ZERO)) {
      noted.add(next);
    }
    return true;
  }

  @Test
  void shouldNotWaitForABatchToFillWhenItDrains() {
    broker.publish(ZERO, 25);
    broker.assign(ZERO);
    DrainingControl<Done> control =
        group.run(CommitterSettings.create().withMaxInterval(Duration.ofHours(1)));
    await().atMost(PATIENCE).until(() -> group.emitted().size() == 25);
    assertThat(broker.commits()).isZero();
    group.awaitOwned(ZERO);

    broker.assign();

    group.awaitOwned();
    assertThat(broker.committed()).isEqualTo(Map.of(ZERO, 25L));
    join(control.drainAndShutdown());
  }

  @Test
  void shouldLetGoWhenTheTimeIsUp() {
    broker.publish(ZERO, 25);
    broker.assign(ZERO);
    var control =
        Consumer.committableSource(
                group.settings().withRebalanceTimeout(Duration.ofSeconds(1)), TOPIC)
            .map(group::remember)
            .toMat(Sink.ignore(), Keep.left())
            .run(group.system());
    await().atMost(PATIENCE).until(() -> group.offsets().size() == 25);
    group.awaitOwned(ZERO);

    broker.assign();
    group.awaitOwned();

    group.offsets().forEach(offset -> join(offset.commit()));
    assertThat(broker.committed()).isEmpty();
    join(control.shutdown());
  }

  @Test
  void shouldGiveAPartitionAgainFromWhereItWasCommitted() {
    broker.publish(ZERO, 25);
    broker.assign(ZERO);
    DrainingControl<Done> control = group.run(CommitterSettings.create());
    await().atMost(PATIENCE).until(() -> group.emitted().size() == 25);
    group.awaitOwned(ZERO);
    broker.assign();
    group.awaitOwned();
    broker.commit(ZERO, 27);
    broker.publish(ZERO, 30);
    broker.assign(ZERO);

    await().atMost(PATIENCE).until(() -> group.emitted().size() == 28);

    assertThat(group.emitted()).endsWith("0/24", "0/27", "0/28", "0/29");
    join(control.drainAndShutdown());
    assertThat(broker.committed()).isEqualTo(Map.of(ZERO, 30L));
  }

  @Test
  void shouldPassOverCommitsOfWhatItLost() {
    broker.publish(ZERO, 5);
    broker.assign(ZERO);
    var control =
        Consumer.committableSource(group.settings(), TOPIC)
            .map(group::remember)
            .toMat(Sink.ignore(), Keep.left())
            .run(group.system());
    await().atMost(PATIENCE).until(() -> group.offsets().size() == 5);
    group.awaitOwned(ZERO);

    broker.assign();
    broker.refuseHeartbeat(Errors.UNKNOWN_MEMBER_ID);
    group.awaitOwned();
    group.offsets().forEach(offset -> join(offset.commit()));

    assertThat(broker.committed()).isEmpty();
    join(control.shutdown());
  }

  @Test
  void shouldCompleteTheSourceOfAPartitionThatGoes() {
    broker.publish(ZERO, 5);
    broker.publish(ONE, 5);
    broker.assign(ZERO, ONE);
    Queue<TopicPartition> completed = new ConcurrentLinkedQueue<>();
    DrainingControl<Done> control =
        Consumer.committablePartitionedSource(group.settings(), TOPIC)
            .mapAsyncUnordered(10, partition -> consume(partition, completed))
            .toMat(Sink.ignore(), Consumer::createDrainingControl)
            .run(group.system());
    await().atMost(PATIENCE).until(() -> group.emitted().size() == 10);

    broker.assign(ONE);
    await().atMost(PATIENCE).until(() -> completed.contains(ZERO));
    group.awaitOwned(ONE);
    join(control.drainAndShutdown());

    assertThat(completed).containsExactly(ZERO, ONE);
    assertThat(broker.committed()).isEqualTo(Map.of(ZERO, 5L, ONE, 5L));
    assertThat(broker.isLeft()).isTrue();
  }

  private CompletionStage<Done> consume(
      Pair<TopicPartition, Source<CommittableMessage<String, String>, NotUsed>> partition,
      Queue<TopicPartition> completed) {
    return partition
        .second()
        .map(group::remember)
        .runWith(Committer.sink(CommitterSettings.create()), group.system())
        .thenApply(
            done -> {
              completed.add(partition.first());
              return done;
            });
  }
}
