package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.ClusterEvent.UnreachableMember;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.Test;

class OpenQuestionsTest {
  private final OpenQuestions questions = new OpenQuestions();
  private final CompletableFuture<String> asked = questions.add(new CompletableFuture<>());

  @Test
  void shouldGiveUpWhatIsOpen() {
    questions.givingUp("node b has gone").run();

    assertThatThrownBy(asked::get)
        .hasCauseInstanceOf(TimeoutException.class)
        .hasMessageContaining("node b has gone");
  }

  @Test
  void shouldKeepAnswersThatCameInTheMeantime() {
    Runnable givingUp = questions.givingUp("node b has gone");

    asked.complete("answer");
    givingUp.run();

    assertThat(asked).isCompletedWithValue("answer");
  }

  @Test
  void shouldLeaveWhatWasAskedAfterwards() {
    Runnable givingUp = questions.givingUp("node b has gone");
    CompletableFuture<String> later = questions.add(new CompletableFuture<>());

    givingUp.run();

    assertThat(asked).isCompletedExceptionally();
    assertThat(later).isNotDone();
  }

  @Test
  void shouldGiveUpWhenANodeIsLost() {
    ActorTestKit kit =
        ActorTestKit.create(
            ConfigFactory.parseString(
                    """
                    pekko.actor.provider = cluster
                    pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                    """)
                .withFallback(ConfigFactory.load()));
    try {
      kit.spawn(questions.watch(Duration.ofMillis(10)))
          .tell(new UnreachableMember(Cluster.get(kit.system()).selfMember()));

      assertThatThrownBy(() -> asked.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(TimeoutException.class)
          .hasMessageContaining("has gone");
    } finally {
      kit.shutdownTestKit();
    }
  }
}
