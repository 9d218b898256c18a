package io.castalia.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.castalia.api.BrokerReply.TopicsListed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.BrokerNotAvailableException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CastaliaClientTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int SECONDS = 60;

  private final ActorTestKit kit = ActorTestKit.create();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void shouldGoToAnotherBrokerAsSoonAsOneHasEnded() {
    CastaliaClient client = CastaliaClient.create(kit.system(), LONG);
    TestProbe<BrokerCommand> first = broker();
    CompletionStage<TopicsListed> unanswered = client.listTopics();
    first.expectMessageClass(BrokerCommand.ListTopics.class, Duration.ofSeconds(SECONDS));

    first.stop();

    assertThatThrownBy(() -> join(unanswered))
        .hasCauseInstanceOf(RetriableException.class)
        .hasMessageContaining("has ended");
    awaitForgotten(first.ref());
    TestProbe<BrokerCommand> second = broker();
    CompletionStage<TopicsListed> answered = client.listTopics();
    second
        .expectMessageClass(BrokerCommand.ListTopics.class, Duration.ofSeconds(SECONDS))
        .replyTo()
        .tell(new TopicsListed(List.of("orders")));
    assertThat(join(answered).topics()).containsExactly("orders");
  }

  @Test
  void shouldGiveUpAReplyThatDoesNotComeInTime() {
    CastaliaClient client = CastaliaClient.create(kit.system(), Duration.ofMillis(200));
    broker();

    assertThatThrownBy(() -> join(client.listTopics())).hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void shouldSayThatItFoundNoBroker() {
    CastaliaClient client = CastaliaClient.create(kit.system(), Duration.ofSeconds(2));

    assertThatThrownBy(() -> join(client.listTopics()))
        .hasCauseInstanceOf(BrokerNotAvailableException.class)
        .hasMessageContaining("the receptionist knew none")
        .hasMessageContaining("castalia.client.contact-points");
  }

  /** The receptionist hears of the end in its own time. */
  private void awaitForgotten(ActorRef<BrokerCommand> ended) {
    TestProbe<Receptionist.Listing> listings = kit.createTestProbe(Receptionist.Listing.class);
    await()
        .atMost(Duration.ofSeconds(SECONDS))
        .until(
            () -> {
              kit.system()
                  .receptionist()
                  .tell(Receptionist.find(BrokerCommand.SERVICE_KEY, listings.ref()));
              return !listings
                  .receiveMessage(Duration.ofSeconds(SECONDS))
                  .getServiceInstances(BrokerCommand.SERVICE_KEY)
                  .contains(ended);
            });
  }

  private TestProbe<BrokerCommand> broker() {
    TestProbe<BrokerCommand> probe = kit.createTestProbe(BrokerCommand.class);
    ActorRef<BrokerCommand> ref = probe.ref();
    TestProbe<Receptionist.Registered> done = kit.createTestProbe(Receptionist.Registered.class);
    kit.system()
        .receptionist()
        .tell(Receptionist.register(BrokerCommand.SERVICE_KEY, ref, done.ref()));
    done.receiveMessage(Duration.ofSeconds(SECONDS));
    return probe;
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }
}
