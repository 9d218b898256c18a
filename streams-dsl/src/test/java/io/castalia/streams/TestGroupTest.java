package io.castalia.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.streams.ConsumerMessage.CommittableMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TestGroupTest {
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();

  private final TestGroup group = TestGroup.create("billing");

  @AfterAll
  static void stop() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void shouldTellWhatAStreamPublishedAndCommitted() {
    TestPublisher<String, String> publisher = TestPublisher.create();

    join(
        Source.from(
                List.of(
                    group.message("orders", 0, "a", "1"),
                    group.message("orders", 1, "b", "2"),
                    group.message("orders", 0, "a", "3")))
            .map(
                order ->
                    ProducerMessage.single(
                        new ProducerRecord<>(
                            "invoices", order.record().key(), order.record().value()),
                        order.committableOffset()))
            .via(publisher.flow())
            .map(ProducerMessage.Results::passThrough)
            .runWith(Committer.sink(CommitterSettings.create()), TEST_KIT.system()));

    assertThat(publisher.published())
        .extracting(ProducerRecord::value)
        .containsExactly("1", "2", "3");
    assertThat(group.committed())
        .isEqualTo(
            Map.of(new TopicPartition("orders", 0), 2L, new TopicPartition("orders", 1), 1L));
  }

  @Test
  void shouldRefuseCommitsWhenTold() {
    CommittableMessage<String, String> message = group.message("orders", 0, "a", "1");
    group.answerCommits(Errors.UNKNOWN_MEMBER_ID);

    assertThatThrownBy(() -> join(message.committableOffset().commit()))
        .hasCauseInstanceOf(UnknownMemberIdException.class);
    assertThat(group.committed()).isEmpty();
  }

  @Test
  void shouldWantRecordsInOrder() {
    var unused = group.message(new ConsumerRecord<>("orders", 0, 5, "a", "1"));

    assertThat(group.message("orders", 0, "a", "2").record().offset()).isEqualTo(6);
    assertThatThrownBy(() -> group.message(new ConsumerRecord<>("orders", 0, 6, "a", "3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected offset 7 or a later one of orders-0, but got 6");
  }

  private static Done join(CompletionStage<Done> stage) {
    return stage.toCompletableFuture().copy().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
