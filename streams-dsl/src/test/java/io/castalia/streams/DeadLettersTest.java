package io.castalia.streams;

import static io.castalia.streams.StreamedGroup.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.castalia.api.OutboundRecord;
import io.castalia.streams.Consumer.DrainingControl;
import io.castalia.streams.ConsumerMessage.CommittableOffset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Supervision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Record 0/3 is one that nobody can read. */
class DeadLettersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final TopicPartition ZERO = new TopicPartition("clicks", 0);
  private static final int RECORDS = 25;
  private static final Deserializer<String> PICKY =
      (topic, data) -> {
        String text = data == null ? "" : new String(data, StandardCharsets.UTF_8);
        if (text.equals("0/3")) {
          throw new SerializationException("expected something else than \"0/3\"");
        }
        return text;
      };

  private final ActorTestKit testKit = ActorTestKit.create();
  private final FakeBroker broker = new FakeBroker(testKit);
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void publish() {
    broker.publish(ZERO, RECORDS);
    broker.assign(ZERO);
  }

  @AfterEach
  void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void shouldPutAFailingRecordAsideAndGoOn() {
    DrainingControl<Done> control = run(DeadLetters.deserializing(new StringDeserializer(), PICKY));
    await().atMost(PATIENCE).until(() -> seen.size() == RECORDS - 1);
    join(control.drainAndShutdown());

    assertThat(seen).hasSize(RECORDS - 1).doesNotContain("0/3");
    assertThat(broker.committed()).isEqualTo(Map.of(ZERO, (long) RECORDS));
    assertThat(broker.published("dead-clicks")).hasSize(1);
    OutboundRecord letter = broker.published("dead-clicks").get(0);
    assertThat(Optional.ofNullable(letter.value()).map(value -> value.utf8String()))
        .hasValue("0/3");
    assertThat(headers(letter))
        .containsEntry(DeadLetters.TOPIC, "clicks")
        .containsEntry(DeadLetters.PARTITION, "0")
        .containsEntry(DeadLetters.OFFSET, "3")
        .containsEntry(DeadLetters.EXCEPTION_CLASS, SerializationException.class.getName())
        .containsEntry(DeadLetters.EXCEPTION_MESSAGE, "expected something else than \"0/3\"")
        .hasEntrySatisfying(
            DeadLetters.EXCEPTION_STACK_TRACE,
            trace -> assertThat(trace).contains("DeadLettersTest"));
  }

  @Test
  void shouldPutAsideWhatFailsLater() {
    DrainingControl<Done> control =
        run(
            record ->
                record.offset() == 3
                    ? CompletableFuture.failedStage(new IllegalStateException("later"))
                    : CompletableFuture.completedStage(decode(record)));
    await().atMost(PATIENCE).until(() -> seen.size() == RECORDS - 1);
    join(control.drainAndShutdown());

    assertThat(headers(broker.published("dead-clicks").get(0)))
        .containsEntry(DeadLetters.EXCEPTION_CLASS, IllegalStateException.class.getName())
        .containsEntry(DeadLetters.EXCEPTION_MESSAGE, "later");
  }

  /** As work does that has nothing to tell: {@code CompletableFuture.runAsync}, for example. */
  @Test
  void shouldTakeWorkThatGivesNull() {
    DrainingControl<Done> control = run(record -> CompletableFuture.completedStage(null));
    await()
        .atMost(PATIENCE)
        .until(() -> broker.committed().equals(Map.of(ZERO, (long) RECORDS)) || isOver(control));
    join(control.drainAndShutdown());

    assertThat(broker.published("dead-clicks")).isEmpty();
  }

  private static boolean isOver(DrainingControl<Done> control) {
    return control.streamCompletion().toCompletableFuture().isDone();
  }

  @Test
  void shouldFailWithWhatIsNoPropertyOfTheRecord() {
    DrainingControl<Done> control =
        run(record -> CompletableFuture.failedStage(new StackOverflowError("deep")));

    assertThatThrownBy(() -> join(control.streamCompletion())).hasStackTraceContaining("deep");
    assertThat(broker.published("dead-clicks")).isEmpty();
  }

  @Test
  void shouldFailWithTheRecordThatCannotBeDeserialized() {
    CompletionStage<Done> read =
        Consumer.committableSource(picky(), Subscriptions.topics("clicks"))
            .runForeach(message -> seen.add(message.record().value()), testKit.system());

    assertThatThrownBy(() -> join(read))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            RecordDeserializationException.class,
            failure -> {
              assertThat(failure.topicPartition()).isEqualTo(ZERO);
              assertThat(failure.offset()).isEqualTo(3);
              assertThat(failure).hasMessageContaining("offset 3 of clicks-0");
            });
  }

  @Test
  void shouldLeaveOutWhatSupervisionSaysToLeaveOut() {
    DrainingControl<Done> control =
        Consumer.committableSource(picky(), Subscriptions.topics("clicks"))
            .withAttributes(
                ActorAttributes.withSupervisionStrategy(Supervision.getResumingDecider()))
            .map(
                message -> {
                  seen.add(message.record().value());
                  return message.committableOffset();
                })
            .toMat(Committer.sink(CommitterSettings.create()), Consumer::createDrainingControl)
            .run(testKit.system());
    await().atMost(PATIENCE).until(() -> seen.size() == RECORDS - 1);
    join(control.drainAndShutdown());

    assertThat(seen).doesNotContain("0/3");
    assertThat(broker.committed()).isEqualTo(Map.of(ZERO, (long) RECORDS));
  }

  private DrainingControl<Done> run(
      Function<ConsumerRecord<byte[], byte[]>, CompletionStage<ConsumerRecord<String, String>>>
          work) {
    ProducerSettings<byte[], byte[]> letters =
        ProducerSettings.create(
            testKit.system(), new ByteArraySerializer(), new ByteArraySerializer());
    return Consumer.sourceWithOffsetContext(
            settings(new ByteArrayDeserializer()), Subscriptions.topics("clicks"))
        .via(
            KeyOrder
                .<byte[], ConsumerRecord<byte[], byte[]>,
                    DeadLetters.Attempt<byte[], byte[], ConsumerRecord<String, String>>,
                    CommittableOffset>
                    mapAsyncPerKeyWithContext(4, ConsumerRecord::key, DeadLetters.attempt(work)))
        .via(DeadLetters.flowWithContext("dead-clicks", letters))
        .map(
            result -> {
              result.ifPresent(record -> seen.add(record.value()));
              return Done.getInstance();
            })
        .toMat(
            Committer.sinkWithOffsetContext(CommitterSettings.create()),
            Consumer::createDrainingControl)
        .run(testKit.system());
  }

  private static ConsumerRecord<String, String> decode(ConsumerRecord<byte[], byte[]> record) {
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        "",
        new String(record.value(), StandardCharsets.UTF_8));
  }

  private ConsumerSettings<String, String> picky() {
    return settings(PICKY);
  }

  private <T> ConsumerSettings<T, T> settings(Deserializer<T> deserializer) {
    return ConsumerSettings.create(testKit.system(), deserializer, deserializer)
        .withGroupId("billing")
        .withOffsetReset(OffsetReset.EARLIEST);
  }

  private static Map<String, String> headers(OutboundRecord record) {
    return record.headers().stream()
        .collect(
            Collectors.toMap(
                header -> header.name(),
                header -> Optional.ofNullable(header.value()).orElseThrow().utf8String()));
  }
}
