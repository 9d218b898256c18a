package io.castalia.streams;

import static io.castalia.streams.StreamedGroup.ONE;
import static io.castalia.streams.StreamedGroup.PATIENCE;
import static io.castalia.streams.StreamedGroup.TOPIC;
import static io.castalia.streams.StreamedGroup.ZERO;
import static io.castalia.streams.StreamedGroup.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.ConsumerMessage.CommittableOffset;
import io.castalia.streams.ConsumerMessage.CommittableOffsetBatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitterTest {
  private final StreamedGroup group = new StreamedGroup();
  private final FakeBroker broker = group.broker();

  @SuppressWarnings("NullAway.Init")
  private List<CommittableOffset> offsets;

  @BeforeEach
  void read() {
    broker.publish(ZERO, 10);
    broker.publish(ONE, 10);
    broker.assign(ZERO, ONE);
    offsets = new CopyOnWriteArrayList<>();
    Consumer.committableSource(group.settings(), TOPIC)
        .map(message -> offsets.add(message.committableOffset()))
        .runWith(Sink.ignore(), group.system());
    await().atMost(PATIENCE).until(() -> offsets.size() == 20);
  }

  @AfterEach
  void stop() {
    group.close();
  }

  @Test
  void shouldCommitInBatches() {
    List<Long> sizes =
        join(
            Source.from(offsets)
                .via(
                    Committer.<CommittableOffset>batchFlow(
                        CommitterSettings.create()
                            .withMaxBatch(8)
                            .withMaxInterval(Duration.ofHours(1))
                            .withParallelism(1)))
                .map(CommittableOffsetBatch::batchSize)
                .runWith(Sink.seq(), group.system()));

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
            group.system());

    await().atMost(PATIENCE).until(() -> broker.committed().equals(Map.of(ZERO, 10L, ONE, 10L)));
  }

  @Test
  void shouldNeverTakeACommitBack() {
    CommittableOffset first = find(ZERO, 0);
    CommittableOffset last = find(ZERO, 9);

    join(last.commit().thenCompose(done -> first.commit()));

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
