package io.castalia.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.ConsumerMessage.CommittableOffset;
import io.castalia.streams.ConsumerMessage.CommittableOffsetBatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final TopicPartition ZERO = new TopicPartition("clicks", 0);
  private static final TopicPartition ONE = new TopicPartition("clicks", 1);

  private final ActorTestKit testKit = ActorTestKit.create();
  private final FakeBroker broker = new FakeBroker(testKit);

  @SuppressWarnings("NullAway.Init")
  private List<CommittableOffset> offsets;

  @BeforeEach
  void read() {
    broker.publish(ZERO, 10);
    broker.publish(ONE, 10);
    broker.assign(ZERO, ONE);
    offsets = new CopyOnWriteArrayList<>();
    Consumer.committableSource(
            ConsumerSettings.create(
                    testKit.system(), new StringDeserializer(), new StringDeserializer())
                .withGroupId("billing")
                .withOffsetReset(OffsetReset.EARLIEST),
            Subscriptions.topics("clicks"))
        .map(message -> offsets.add(message.committableOffset()))
        .runWith(Sink.ignore(), testKit.system());
    await().atMost(PATIENCE).until(() -> offsets.size() == 20);
  }

  @AfterEach
  void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void shouldCommitInBatches() {
    List<Long> sizes =
        Source.from(offsets)
            .via(
                Committer.<CommittableOffset>batchFlow(
                    CommitterSettings.create().withMaxBatch(8).withParallelism(1)))
            .map(CommittableOffsetBatch::batchSize)
            .runWith(Sink.seq(), testKit.system())
            .toCompletableFuture()
            .orTimeout(30, TimeUnit.SECONDS)
            .join();

    assertThat(sizes).containsExactly(8L, 8L, 4L);
    assertThat(broker.commits()).isEqualTo(3);
    assertThat(broker.committed()).isEqualTo(Map.of(ZERO, 10L, ONE, 10L));
  }

  @Test
  void shouldCommitWhatHasComeWhenTheIntervalIsOver() {
    Source.from(offsets)
        .concat(Source.maybe())
        .runWith(
            Committer.sink(CommitterSettings.create().withMaxInterval(Duration.ofMillis(50))),
            testKit.system());

    await().atMost(PATIENCE).until(() -> broker.committed().equals(Map.of(ZERO, 10L, ONE, 10L)));
  }

  @Test
  void shouldNeverTakeACommitBack() {
    CommittableOffset first = find(ZERO, 0);
    CommittableOffset last = find(ZERO, 9);

    last.commit()
        .thenCompose(done -> first.commit())
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();

    assertThat(broker.committed()).isEqualTo(Map.of(ZERO, 10L));
  }

  @Test
  void shouldKeepTheLastOffsetOfEachPartition() {
    CommittableOffsetBatch batch =
        CommittableOffsetBatch.empty()
            .updated(find(ZERO, 3))
            .updated(find(ONE, 1))
            .updated(find(ZERO, 2));

    assertThat(batch.batchSize()).isEqualTo(3);
    assertThat(batch.offsets())
        .isEqualTo(Map.of(ZERO, new OffsetAndMetadata(4), ONE, new OffsetAndMetadata(2)));
  }

  private CommittableOffset find(TopicPartition partition, long offset) {
    return offsets.stream()
        .filter(each -> each.partitionOffset().partition().equals(partition))
        .filter(each -> each.partitionOffset().offset() == offset)
        .findFirst()
        .orElseThrow();
  }
}
