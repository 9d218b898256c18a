package io.castalia.actors.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.persistence.FencedException;
import io.castalia.persistence.WriterFenced;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FencingTest {
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final TestProbe<String> probe = KIT.createTestProbe();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void shouldEndAnActorWhenTheWriterIsFenced() {
    ActorRef<String> actor = KIT.spawn(Fencing.watch(echo()));
    assertThat(probe.receiveMessage()).isEqualTo("started");
    actor.tell("a");
    assertThat(probe.receiveMessage()).isEqualTo("a");

    tellThatTheWriterIsFenced();

    assertThat(probe.receiveMessage()).isEqualTo("stopped");
    probe.expectTerminated(actor);
  }

  @Test
  void shouldBeginASupervisedActorAgainEveryTime() {
    ActorRef<String> actor =
        KIT.spawn(
            Behaviors.supervise(Fencing.watch(echo()))
                .onFailure(FencedException.class, SupervisorStrategy.restart()));
    assertThat(probe.receiveMessage()).isEqualTo("started");

    tellThatTheWriterIsFenced();
    assertThat(probe.receiveMessage()).isEqualTo("started");
    tellThatTheWriterIsFenced();
    assertThat(probe.receiveMessage()).isEqualTo("started");

    actor.tell("a");
    assertThat(probe.receiveMessage()).isEqualTo("a");
  }

  @Test
  void shouldFailForAFenceOnly() {
    Throwable fenced = new CompletionException(new FencedException("taken"));

    assertThatThrownBy(() -> Fencing.failIfFenced(fenced)).isInstanceOf(FencedException.class);
    assertThatCode(() -> Fencing.failIfFenced(new IllegalStateException("store away")))
        .doesNotThrowAnyException();
  }

  private static void tellThatTheWriterIsFenced() {
    Adapter.toClassic(KIT.system())
        .eventStream()
        .publish(new WriterFenced(UUID.randomUUID(), UUID.randomUUID()));
  }

  private Behavior<String> echo() {
    return Behaviors.setup(
        context -> {
          probe.getRef().tell("started");
          return Behaviors.receive(String.class)
              .onAnyMessage(
                  message -> {
                    probe.getRef().tell(message);
                    return Behaviors.same();
                  })
              .onSignal(
                  PostStop.class,
                  stopped -> {
                    probe.getRef().tell("stopped");
                    return Behaviors.same();
                  })
              .build();
        });
  }
}
