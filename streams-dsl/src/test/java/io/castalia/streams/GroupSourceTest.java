package io.castalia.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.Consumer.DrainingControl;
import io.castalia.streams.ConsumerMessage.CommittableMessage;
import io.castalia.streams.ConsumerMessage.CommittableOffset;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupSourceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration A_WHILE = Duration.ofMillis(300);
  private static final TopicPartition ZERO = new TopicPartition("clicks", 0);
  private static final TopicPartition ONE = new TopicPartition("clicks", 1);
  private static final Subscription.Auto TOPIC = Subscriptions.topics("clicks");

  private final ActorTestKit testKit = ActorTestKit.create();
  private final FakeBroker broker = new FakeBroker(testKit);
  private final Queue<String> emitted = new ConcurrentLinkedQueue<>();
  private final Queue<CommittableOffset> offsets = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void shouldBeginWhereTheGroupIs() {
    broker.publish(ZERO, 5);
    broker.commit(ZERO, 3);
    broker.assign(ZERO);

    assertThat(
            join(
                Consumer.committableSource(settings(), TOPIC)
                    .map(message -> message.record().value())
                    .take(2)
                    .runWith(Sink.seq(), testKit.system())))
        .containsExactly("0/3", "0/4");
  }

  @Test
  void shouldHoldAPartitionUntilWhatItEmittedIsCommitted() {
    broker.publish(ZERO, 100_000);
    broker.publish(ONE, 100_000);
    broker.assign(ZERO, ONE);
    SinkQueueWithCancel<CommittableMessage<String, String>> queue =
        Consumer.committableSource(settings(), TOPIC).runWith(Sink.queue(), testKit.system());
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
        run(CommitterSettings.create().withMaxInterval(Duration.ofHours(1)));
    await().atMost(PATIENCE).until(() -> emitted.size() == 25);
    assertThat(broker.commits()).isZero();

    broker.assign();

    await().atMost(PATIENCE).until(() -> broker.owned().isEmpty());
    assertThat(broker.committed()).isEqualTo(Map.of(ZERO, 25L));
    join(control.drainAndShutdown());
  }

  @Test
  void shouldLetGoWhenTheTimeIsUp() {
    broker.publish(ZERO, 25);
    broker.assign(ZERO);
    var control =
        Consumer.committableSource(settings().withRebalanceTimeout(Duration.ofSeconds(1)), TOPIC)
            .map(this::remember)
            .toMat(Sink.ignore(), Keep.left())
            .run(testKit.system());
    await().atMost(PATIENCE).until(() -> offsets.size() == 25);

    broker.assign();
    await().atMost(PATIENCE).until(() -> broker.owned().isEmpty());

    offsets.forEach(offset -> join(offset.commit()));
    assertThat(broker.committed()).isEmpty();
    join(control.shutdown());
  }

  @Test
  void shouldGiveAPartitionAgainFromWhereItWasCommitted() {
    broker.publish(ZERO, 25);
    broker.assign(ZERO);
    DrainingControl<Done> control = run(CommitterSettings.create());
    await().atMost(PATIENCE).until(() -> emitted.size() == 25);
    broker.assign();
    await().atMost(PATIENCE).until(() -> broker.owned().isEmpty());
    broker.commit(ZERO, 27);
    broker.publish(ZERO, 30);
    broker.assign(ZERO);

    await().atMost(PATIENCE).until(() -> emitted.size() == 28);

    assertThat(emitted).endsWith("0/24", "0/27", "0/28", "0/29");
    join(control.drainAndShutdown());
    assertThat(broker.committed()).isEqualTo(Map.of(ZERO, 30L));
  }

  @Test
  void shouldPassOverCommitsOfWhatItLost() {
    broker.publish(ZERO, 5);
    broker.assign(ZERO);
    var control =
        Consumer.committableSource(settings(), TOPIC)
            .map(this::remember)
            .toMat(Sink.ignore(), Keep.left())
            .run(testKit.system());
    await().atMost(PATIENCE).until(() -> offsets.size() == 5);

    broker.assign();
    broker.refuseHeartbeat(Errors.UNKNOWN_MEMBER_ID);
    await().atMost(PATIENCE).until(() -> broker.owned().isEmpty());
    offsets.forEach(offset -> join(offset.commit()));

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
        Consumer.committablePartitionedSource(settings(), TOPIC)
            .mapAsyncUnordered(10, partition -> consume(partition, completed))
            .toMat(Sink.ignore(), Consumer::createDrainingControl)
            .run(testKit.system());
    await().atMost(PATIENCE).until(() -> emitted.size() == 10);

    broker.assign(ONE);
    await().atMost(PATIENCE).until(() -> completed.contains(ZERO));
    await().atMost(PATIENCE).until(() -> broker.owned().equals(Set.of(ONE)));
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
        .map(this::remember)
        .runWith(Committer.sink(CommitterSettings.create()), testKit.system())
        .thenApply(
            done -> {
              completed.add(partition.first());
              return done;
            });
  }

  @Test
  void shouldFetchNoMoreThanItsStreamTakes() {
    broker.publish(ZERO, 100_000);
    broker.assign(ZERO);
    SinkQueueWithCancel<CommittableMessage<String, String>> queue =
        Consumer.committableSource(settings(), TOPIC).runWith(Sink.queue(), testKit.system());
    assertThat(pull(queue).record().value()).isEqualTo("0/0");

    await().during(A_WHILE).atMost(PATIENCE).until(() -> broker.fetches() <= 4);
    for (int i = 1; i <= 10 * FakeBroker.RECORDS_PER_FETCH; i++) {
      assertThat(pull(queue).record().offset()).isEqualTo(i);
    }
    await().during(A_WHILE).atMost(PATIENCE).until(() -> broker.fetches() <= 16);
  }

  @Test
  void shouldCommitBeforeItEmitsWhenAtMostOnce() {
    broker.publish(ZERO, 5);
    broker.assign(ZERO);
    List<Long> committed =
        join(
            Consumer.atMostOnceSource(settings(), TOPIC)
                .map(record -> broker.committed().getOrDefault(ZERO, 0L) - record.offset())
                .take(5)
                .runWith(Sink.seq(), testKit.system()));

    assertThat(committed).allSatisfy(ahead -> assertThat(ahead).isPositive());
  }

  @Test
  void shouldLeaveInTimeWhenItsStreamIsStuck() {
    broker.publish(ZERO, 25);
    broker.assign(ZERO);
    Consumer.Control control =
        Consumer.committableSource(settings().withRebalanceTimeout(Duration.ofSeconds(1)), TOPIC)
            .map(this::remember)
            .mapAsync(1, offset -> new CompletableFuture<Done>())
            .toMat(Sink.ignore(), Keep.left())
            .run(testKit.system());
    await().atMost(PATIENCE).until(() -> !emitted.isEmpty());

    join(control.stop());

    assertThat(broker.isLeft()).isTrue();
    assertThat(broker.committed()).isEmpty();
  }

  @Test
  void shouldFailTheControlWhenAStageFails() {
    broker.publish(ZERO, 25);
    broker.assign(ZERO);
    DrainingControl<Done> control =
        Consumer.committableSource(settings(), TOPIC)
            .map(
                message -> {
                  if (message.record().offset() == 7) {
                    throw new IllegalStateException("poisoned");
                  }
                  return message.committableOffset();
                })
            .toMat(Committer.sink(CommitterSettings.create()), Consumer::createDrainingControl)
            .run(testKit.system());

    assertThatThrownBy(() -> join(control.isShutdown())).hasRootCauseMessage("poisoned");
    assertThatThrownBy(() -> join(control.drainAndShutdown())).hasRootCauseMessage("poisoned");
    assertThat(broker.isLeft()).isTrue();
    assertThat(broker.committed()).isEqualTo(Map.of(ZERO, 7L));
  }

  @Test
  void shouldFailTheStreamWhenACommitIsRefused() {
    broker.publish(ZERO, 5);
    broker.assign(ZERO);
    broker.refuseCommits(Errors.OFFSET_METADATA_TOO_LARGE);
    DrainingControl<Done> control = run(CommitterSettings.create().withMaxBatch(1));

    assertThatThrownBy(() -> join(control.streamCompletion()))
        .hasCauseInstanceOf(OffsetMetadataTooLarge.class);
  }

  @Test
  void shouldFailTheStreamWhenTheGroupRefusesItForGood() {
    broker.assign(ZERO);
    DrainingControl<Done> control = run(CommitterSettings.create());
    await().atMost(PATIENCE).until(() -> broker.owned().equals(Set.of(ZERO)));

    broker.refuseHeartbeat(Errors.FENCED_INSTANCE_ID);

    assertThatThrownBy(() -> join(control.streamCompletion()))
        .hasCauseInstanceOf(FencedInstanceIdException.class);
    assertThatThrownBy(() -> join(control.isShutdown()))
        .hasCauseInstanceOf(FencedInstanceIdException.class);
  }

  @Test
  void shouldFailWithoutAnOffsetWhenThereIsNoReset() {
    broker.assign(ZERO);

    assertThatThrownBy(
            () ->
                join(
                    Consumer.committableSource(settings().withOffsetReset(OffsetReset.NONE), TOPIC)
                        .runWith(Sink.ignore(), testKit.system())))
        .hasCauseInstanceOf(NoOffsetForPartitionException.class);
  }

  @Test
  void shouldBeginAnewWhenTheCommittedOffsetIsOutOfRange() {
    broker.publish(ZERO, 5);
    broker.commit(ZERO, 7);
    broker.assign(ZERO);

    DrainingControl<Done> control = run(CommitterSettings.create());
    await().atMost(PATIENCE).until(() -> emitted.size() == 5);
    assertThat(emitted).startsWith("0/0");
    join(control.drainAndShutdown());
    assertThatThrownBy(
            () ->
                join(
                    Consumer.committableSource(
                            outOfRange().withOffsetReset(OffsetReset.NONE), TOPIC)
                        .runWith(Sink.ignore(), testKit.system())))
        .hasCauseInstanceOf(OffsetOutOfRangeException.class);
  }

  private ConsumerSettings<String, String> outOfRange() {
    broker.commit(ZERO, 7);
    return settings();
  }

  @Test
  void shouldReadAsAMemberWithoutCommitting() {
    broker.publish(ZERO, 5);
    broker.assign(ZERO);
    Consumer.Control control =
        Consumer.plainSource(settings(), TOPIC)
            .map(record -> emitted.add(record.value()))
            .to(Sink.ignore())
            .run(testKit.system());
    await().atMost(PATIENCE).until(() -> emitted.size() == 5);

    broker.assign();
    await().atMost(PATIENCE).until(() -> broker.owned().isEmpty());
    join(control.stop());

    assertThat(broker.commits()).isZero();
    assertThat(broker.isLeft()).isTrue();
  }

  @Test
  void shouldWantAGroup() {
    assertThatThrownBy(() -> Consumer.committableSource(settings().withGroupId(""), TOPIC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("group id");
  }

  private DrainingControl<Done> run(CommitterSettings committer) {
    return Consumer.committableSource(settings(), TOPIC)
        .map(this::remember)
        .toMat(Committer.sink(committer), Consumer::createDrainingControl)
        .run(testKit.system());
  }

  private CommittableOffset remember(CommittableMessage<String, String> message) {
    emitted.add(message.record().value());
    offsets.add(message.committableOffset());
    return message.committableOffset();
  }

  private ConsumerSettings<String, String> settings() {
    return ConsumerSettings.create(
            testKit.system(), new StringDeserializer(), new StringDeserializer())
        .withGroupId("billing")
        .withOffsetReset(OffsetReset.EARLIEST);
  }

  private static <T> T pull(SinkQueueWithCancel<T> queue) {
    return join(queue.pull()).orElseThrow();
  }

  private static <T> T join(CompletionStage<T> stage) {
    return CompletableFuture.completedStage(stage)
        .thenCompose(same -> same)
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }
}
