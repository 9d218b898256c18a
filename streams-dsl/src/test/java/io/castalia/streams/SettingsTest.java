package io.castalia.streams;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings and subscriptions that no stream could run with. */
class SettingsTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final TopicPartition ZERO = new TopicPartition("clicks", 0);
  private static final ConsumerSettings<String, String> READS =
      ConsumerSettings.create(KIT.system(), new StringDeserializer(), new StringDeserializer());
  private static final ProducerSettings<String, String> WRITES =
      ProducerSettings.create(KIT.system(), new StringSerializer(), new StringSerializer());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static Arguments row(ThrowingCallable wrong, String message) {
    return arguments(message, wrong);
  }

  static Stream<Arguments> wrong() {
    Duration back = Duration.ofMillis(-1);
    return Stream.of(
        row(() -> READS.withRebalanceTimeout(Duration.ZERO), "a rebalance timeout above zero"),
        row(() -> READS.withGroupInstanceId(""), "an instance id or none, but it was empty"),
        row(() -> READS.withFetch(0, Duration.ZERO), "at least 1 byte, but not 0"),
        row(() -> READS.withFetch(1, back), "not negative, but they were PT-0.001S and PT2M"),
        row(() -> READS.withRetryTimeout(back), "not negative, but they were PT0.5S and PT-0.001S"),
        row(() -> WRITES.withBatch(0, Duration.ofMillis(1)), "at least 1 byte, but it was 0"),
        row(() -> WRITES.withBatch(1, Duration.ZERO), "above zero, and a delivery timeout"),
        row(() -> WRITES.withDeliveryTimeout(back), "they were PT0.005S and PT-0.001S"),
        row(Subscriptions::topics, "at least one topic, but there was none"),
        row(() -> Subscriptions.topicPattern(""), "an expression for topics, but it was empty"),
        row(Subscriptions::assignment, "at least one partition, but there was none"),
        row(
            () -> Subscriptions.assignmentWithOffset(Map.of()),
            "at least one partition, but there was none"),
        row(
            () -> Subscriptions.assignmentWithOffset(ZERO, -1),
            "expected offsets, but they were negative for [clicks-0]"),
        row(
            () -> Subscriptions.assignmentOffsetsForTimes(Map.of(ZERO, -1L)),
            "since the epoch, but they were negative for [clicks-0]"),
        row(
            () -> Consumer.committableSource(READS, Subscriptions.assignment(ZERO)),
            "expected settings with a group id"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void shouldSayWhatWasExpected(String message, ThrowingCallable wrong) {
    assertThatThrownBy(wrong)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
