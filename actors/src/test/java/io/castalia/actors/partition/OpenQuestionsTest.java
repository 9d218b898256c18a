package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.Uuid;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.ClusterEvent.UnreachableMember;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.Test;

class OpenQuestionsTest {
  private final OpenQuestions questions = new OpenQuestions();
  private final PartitionId partition = new PartitionId(Uuid.ZERO_UUID, 3);
  private final CompletableFuture<String> asked =
      questions.add(Optional.of(partition), new CompletableFuture<>());

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
    CompletableFuture<String> later =
        questions.add(Optional.of(partition), new CompletableFuture<>());

    givingUp.run();

    assertThat(asked).isCompletedExceptionally();
    assertThat(later).isNotDone();
  }

  @Test
  void shouldNameThoseWhoHaveNotAnsweredYet() {
    // given
    CompletableFuture<String> answered = questions.add(Optional.of(partition), asked());
    CompletableFuture<String> patient = questions.add(Optional.empty(), asked());

    // when
    answered.complete("answer");

    // then
    assertThat(questions.unanswered(id -> "asleep"))
        .singleElement()
        .satisfies(
            wait -> {
              assertThat(wait.subject()).isEqualTo(partition.entityId());
              assertThat(wait.what()).isEqualTo("asleep");
            });

    // when
    asked.complete("answer");

    // then
    assertThat(questions.unanswered(id -> "asleep")).isEmpty();
    assertThat(patient).isNotDone();
  }

  private static CompletableFuture<String> asked() {
    return new CompletableFuture<>();
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

      assertThatThrownBy(() -> asked.get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(TimeoutException.class)
          .hasMessageContaining("has gone");
    } finally {
      kit.shutdownTestKit();
    }
  }
}
