package io.castalia.streams;

import static io.castalia.streams.StreamedGroup.ONE;
import static io.castalia.streams.StreamedGroup.PATIENCE;
import static io.castalia.streams.StreamedGroup.TOPIC;
import static io.castalia.streams.StreamedGroup.ZERO;
import static io.castalia.streams.StreamedGroup.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Partitions of a group by themselves, for streams that commit nothing. */
class PlainPartitionsTest {
  private final StreamedGroup group = new StreamedGroup();
  private final FakeBroker broker = group.broker();
  private final Queue<String> emitted = new ConcurrentLinkedQueue<>();
  private final Queue<TopicPartition> completed = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    group.close();
  }

  private Consumer.Control run(
      Source<
              Pair<TopicPartition, Source<ConsumerRecord<String, String>, NotUsed>>,
              Consumer.Control>
          partitions) {
    return partitions
        .mapAsyncUnordered(
            10,
            partition ->
                partition
                    .second()
                    .runForeach(record -> emitted.add(record.value()), group.system())
                    .thenApply(done -> completed.add(partition.first())))
        .to(Sink.ignore())
        .run(group.system());
  }

  @Test
  void shouldBeginWhereTheGroupIsAndCommitNothing() {
    broker.publish(ZERO, 5);
    broker.publish(ONE, 5);
    broker.commit(ONE, 3);
    broker.assign(ZERO, ONE);
    Consumer.Control control = run(Consumer.plainPartitionedSource(group.settings(), TOPIC));
    await().atMost(PATIENCE).until(() -> emitted.size() == 7);

    broker.assign(ONE);
    group.awaitOwned(ONE);
    await().atMost(PATIENCE).until(() -> completed.contains(ZERO));
    join(control.shutdown());

    assertThat(emitted).contains("0/0", "1/3").doesNotContain("1/2");
    assertThat(broker.commits()).isZero();
    assertThat(broker.isLeft()).isTrue();
  }

  /** Of one partition the stream has no offset. */
  @Test
  void shouldBeginWhereTheStreamSays() {
    broker.publish(ZERO, 5);
    broker.publish(ONE, 5);
    broker.commit(ZERO, 1);
    broker.commit(ONE, 1);
    broker.assign(ZERO, ONE);
    Consumer.Control control =
        run(
            Consumer.plainPartitionedManualOffsetSource(
                group.settings(),
                TOPIC,
                partitions ->
                    CompletableFuture.completedStage(
                        partitions.contains(ZERO) ? Map.of(ZERO, 3L) : Map.of())));

    await().atMost(PATIENCE).until(() -> emitted.size() == 7);
    join(control.shutdown());

    assertThat(emitted).containsExactlyInAnyOrder("0/3", "0/4", "1/0", "1/1", "1/2", "1/3", "1/4");
    assertThat(broker.commits()).isZero();
  }
}
