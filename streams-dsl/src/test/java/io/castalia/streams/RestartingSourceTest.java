package io.castalia.streams;

import static io.castalia.streams.StreamedGroup.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.Consumer.DrainingControl;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.RestartSettings;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestartingSourceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final TopicPartition ZERO = new TopicPartition("clicks", 0);

  private final ActorTestKit testKit = ActorTestKit.create();
  private final FakeBroker broker = new FakeBroker(testKit);
  private final AtomicInteger starts = new AtomicInteger();
  private final Queue<String> emitted = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void shouldJoinAgainAfterAFailureAndStopInOrder() {
    broker.publish(ZERO, 25);
    broker.assign(ZERO);
    broker.refuseHeartbeat(Errors.FENCED_INSTANCE_ID);
    DrainingControl<Done> control =
        Consumer.restartOnFailures(settings(Duration.ofMillis(20)), this::committable)
            .map(
                message -> {
                  emitted.add(message.record().value());
                  return message.committableOffset();
                })
            .toMat(Committer.sink(CommitterSettings.create()), Consumer::createDrainingControl)
            .run(testKit.system());

    await().atMost(PATIENCE).until(() -> emitted.size() == 25);
    join(control.drainAndShutdown());

    assertThat(starts).hasValue(2);
    assertThat(broker.committed()).isEqualTo(Map.of(ZERO, 25L));
    assertThat(broker.isLeft()).isTrue();
  }

  @Test
  void shouldStopInThePauseAfterAFailure() {
    Consumer.Control control =
        Consumer.restartOnFailures(settings(Duration.ofHours(1)), this::failing)
            .toMat(Sink.ignore(), Keep.left())
            .run(testKit.system());
    await().atMost(PATIENCE).until(() -> starts.get() == 1);

    join(control.stop());

    join(control.isShutdown());
    assertThat(starts).hasValue(1);
  }

  @Test
  void shouldFailWhenThereHaveBeenTooManyRestarts() {
    CompletionStage<Done> ended =
        Consumer.restartOnFailures(
                settings(Duration.ofMillis(10)).withMaxRestarts(2, Duration.ofMinutes(1)),
                this::failing)
            .runWith(Sink.ignore(), testKit.system());

    assertThatThrownBy(() -> join(ended)).hasStackTraceContaining("cannot");
    assertThat(starts).hasValue(3);
  }

  private Source<ConsumerMessage.CommittableMessage<String, String>, Consumer.Control>
      committable() {
    starts.incrementAndGet();
    return Consumer.committableSource(
        ConsumerSettings.create(
                testKit.system(), new StringDeserializer(), new StringDeserializer())
            .withGroupId("billing")
            .withOffsetReset(OffsetReset.EARLIEST),
        Subscriptions.topics("clicks"));
  }

  private Source<String, Consumer.Control> failing() {
    starts.incrementAndGet();
    return Source.<String>failed(new IllegalStateException("cannot"))
        .mapMaterializedValue(ignored -> Consumer.createNoopControl());
  }

  private static RestartSettings settings(Duration pause) {
    return RestartSettings.create(pause, pause, 0.0);
  }
}
