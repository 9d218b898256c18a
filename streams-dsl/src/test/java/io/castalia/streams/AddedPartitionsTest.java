package io.castalia.streams;

import static io.castalia.streams.StreamedGroup.ONE;
import static io.castalia.streams.StreamedGroup.PATIENCE;
import static io.castalia.streams.StreamedGroup.TOPIC;
import static io.castalia.streams.StreamedGroup.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a stream begins that reads from the end on, in partitions that have come since. */
class AddedPartitionsTest {
  private static final Subscription.Auto PATTERN = Subscriptions.topicPattern("cl.*");

  private final StreamedGroup group = new StreamedGroup();
  private final FakeBroker broker = group.broker();

  @AfterEach
  void stop() {
    group.close();
  }

  /** Its offsets are remembered, and not committed. */
  private void read(Subscription.Auto topics) {
    var unused =
        Consumer.committableSource(group.settings().withOffsetReset(OffsetReset.LATEST), topics)
            .map(group::remember)
            .runWith(Sink.ignore(), group.system());
  }

  private void awaitBegun(TopicPartition partition, long offset) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(broker.committed()).containsEntry(partition, offset));
  }

  private void awaitEmitted(String... records) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(group.emitted()).containsExactly(records));
  }

  @Test
  void shouldBeginWhatWasThereAtItsEnd() {
    broker.publish(ZERO, 5);
    broker.publish(ONE, 3);
    broker.assign(ZERO, ONE);
    read(TOPIC);
    awaitBegun(ZERO, 5);
    awaitBegun(ONE, 3);

    broker.publish(ONE, 4);

    awaitEmitted("1/3");
  }

  @Test
  void shouldBeginAnAddedPartitionAtItsBeginning() {
    broker.grow(1);
    broker.publish(ZERO, 5);
    broker.assign(ZERO);
    read(TOPIC);
    awaitBegun(ZERO, 5);

    broker.grow(2);
    broker.publish(ONE, 2);
    broker.assign(ZERO, ONE);

    awaitEmitted("1/0", "1/1");
    awaitBegun(ONE, 0);
  }

  @Test
  void shouldBeginATopicAtItsBeginningThatComesLater() {
    broker.grow(0);
    broker.assign();
    read(TOPIC);
    group.awaitOwned();
    broker.publish(ZERO, 2);
    broker.assign(ZERO);

    awaitEmitted("0/0", "0/1");
  }

  @Test
  void shouldBeginATopicAtItsBeginningThatAnExpressionFindsLater() {
    broker.list("clocks");
    broker.publish(ZERO, 2);
    broker.assign(ZERO);
    read(PATTERN);

    awaitEmitted("0/0", "0/1");
  }

  @Test
  void shouldBeginATopicAtItsEndThatAnExpressionFindsAtOnce() {
    broker.list("clicks", "clocks");
    broker.publish(ZERO, 2);
    broker.assign(ZERO);
    read(PATTERN);
    awaitBegun(ZERO, 2);

    broker.grow(3);
    broker.publish(ZERO, 3);
    awaitEmitted("0/2");
    TopicPartition two = new TopicPartition("clicks", 2);
    broker.publish(two, 1);
    broker.assign(ZERO, two);

    awaitEmitted("0/2", "2/0");
  }

  /** It reads as the others, and still commits nothing. */
  @Test
  void shouldNotCommitWhereAStreamBeganThatDoesNotCommit() {
    broker.grow(0);
    broker.publish(ZERO, 2);
    broker.assign(ZERO);
    var unused =
        Consumer.plainSource(group.settings().withOffsetReset(OffsetReset.LATEST), TOPIC)
            .map(record -> group.emitted().add(record.value()))
            .runWith(Sink.ignore(), group.system());

    awaitEmitted("0/0", "0/1");
    assertThat(broker.commits()).isZero();
  }
}
