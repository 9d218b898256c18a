package io.castalia.streams;

import static io.castalia.streams.StreamedGroup.PATIENCE;
import static io.castalia.streams.StreamedGroup.TOPIC;
import static io.castalia.streams.StreamedGroup.ZERO;
import static io.castalia.streams.StreamedGroup.join;
import static io.castalia.streams.StreamedGroup.pull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.Consumer.DrainingControl;
import io.castalia.streams.ConsumerMessage.CommittableMessage;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.pekko.Done;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a stream of a group begins, what it fetches, and when it commits. */
class GroupSourceTest {
  private static final Duration A_WHILE = Duration.ofMillis(300);

  private final StreamedGroup group = new StreamedGroup();
  private final FakeBroker broker = group.broker();

  @AfterEach
  void stop() {
    group.close();
  }

  @Test
  void shouldBeginWhereTheGroupIs() {
    broker.publish(ZERO, 5);
    broker.commit(ZERO, 3);
    broker.assign(ZERO);

    assertThat(
            join(
                Consumer.committableSource(group.settings(), TOPIC)
                    .map(message -> message.record().value())
                    .take(2)
                    .runWith(Sink.seq(), group.system())))
        .containsExactly("0/3", "0/4");
  }

  @Test
  void shouldBeginAnewWhenTheCommittedOffsetIsOutOfRange() {
    broker.publish(ZERO, 5);
    broker.commit(ZERO, 7);
    broker.assign(ZERO);

    DrainingControl<Done> control = group.run(CommitterSettings.create());
    await().atMost(PATIENCE).until(() -> group.emitted().size() == 5);
    assertThat(group.emitted()).startsWith("0/0");
    join(control.drainAndShutdown());
    assertThatThrownBy(
            () ->
                join(
                    Consumer.committableSource(
                            outOfRange().withOffsetReset(OffsetReset.NONE), TOPIC)
                        .runWith(Sink.ignore(), group.system())))
        .hasCauseInstanceOf(OffsetOutOfRangeException.class);
  }

  private ConsumerSettings<String, String> outOfRange() {
    broker.commit(ZERO, 7);
    return group.settings();
  }

  @Test
  void shouldFetchNoMoreThanItsStreamTakes() {
    broker.publish(ZERO, 100_000);
    broker.assign(ZERO);
    SinkQueueWithCancel<CommittableMessage<String, String>> queue =
        Consumer.committableSource(group.settings(), TOPIC).runWith(Sink.queue(), group.system());
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
            Consumer.atMostOnceSource(group.settings(), TOPIC)
                .map(record -> broker.committed().getOrDefault(ZERO, 0L) - record.offset())
                .take(5)
                .runWith(Sink.seq(), group.system()));

    assertThat(committed).allSatisfy(ahead -> assertThat(ahead).isPositive());
  }

  @Test
  void shouldReadAsAMemberWithoutCommitting() {
    broker.publish(ZERO, 5);
    broker.assign(ZERO);
    Consumer.Control control =
        Consumer.plainSource(group.settings(), TOPIC)
            .map(record -> group.emitted().add(record.value()))
            .to(Sink.ignore())
            .run(group.system());
    await().atMost(PATIENCE).until(() -> group.emitted().size() == 5);
    group.awaitOwned(ZERO);

    broker.assign();
    group.awaitOwned();
    join(control.stop());

    assertThat(broker.commits()).isZero();
    assertThat(broker.isLeft()).isTrue();
  }

  @Test
  void shouldWantAGroup() {
    assertThatThrownBy(() -> Consumer.committableSource(group.settings().withGroupId(""), TOPIC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("group id");
  }
}
