package io.castalia.streams;

import static io.castalia.streams.StreamedGroup.PATIENCE;
import static io.castalia.streams.StreamedGroup.TOPIC;
import static io.castalia.streams.StreamedGroup.ZERO;
import static io.castalia.streams.StreamedGroup.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.Consumer.DrainingControl;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a stream of a group ends that cannot go on. */
class FailingGroupSourceTest {
  private final StreamedGroup group = new StreamedGroup();
  private final FakeBroker broker = group.broker();

  @AfterEach
  void stop() {
    group.close();
  }

  @Test
  void shouldLeaveInTimeWhenItsStreamIsStuck() {
    broker.publish(ZERO, 25);
    broker.assign(ZERO);
    Consumer.Control control =
        Consumer.committableSource(
                group.settings().withRebalanceTimeout(Duration.ofSeconds(1)), TOPIC)
            .map(group::remember)
            .mapAsync(1, offset -> new CompletableFuture<Done>())
            .toMat(Sink.ignore(), Keep.left())
            .run(group.system());
    await().atMost(PATIENCE).until(() -> !group.emitted().isEmpty());

    join(control.stop());

    assertThat(broker.isLeft()).isTrue();
    assertThat(broker.committed()).isEmpty();
  }

  @Test
  void shouldFailTheControlWhenAStageFails() {
    broker.publish(ZERO, 25);
    broker.assign(ZERO);
    DrainingControl<Done> control =
        Consumer.committableSource(group.settings(), TOPIC)
            .map(
                message -> {
                  if (message.record().offset() == 7) {
                    throw new IllegalStateException("poisoned");
                  }
                  return message.committableOffset();
                })
            .toMat(Committer.sink(CommitterSettings.create()), Consumer::createDrainingControl)
            .run(group.system());

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
    DrainingControl<Done> control = group.run(CommitterSettings.create().withMaxBatch(1));

    assertThatThrownBy(() -> join(control.streamCompletion()))
        .hasCauseInstanceOf(OffsetMetadataTooLarge.class);
  }

  @Test
  void shouldFailTheStreamWhenTheGroupRefusesItForGood() {
    broker.assign(ZERO);
    DrainingControl<Done> control = group.run(CommitterSettings.create());
    group.awaitOwned(ZERO);

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
                    Consumer.committableSource(
                            group.settings().withOffsetReset(OffsetReset.NONE), TOPIC)
                        .runWith(Sink.ignore(), group.system())))
        .hasCauseInstanceOf(NoOffsetForPartitionException.class);
  }
}
