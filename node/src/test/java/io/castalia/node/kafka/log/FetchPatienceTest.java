package io.castalia.node.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FetchPatienceTest {
  private long now = 77;

  @Test
  void shouldEndWithTheClientsWaitWhenOthersHaveAnswered() {
    FetchPatience patience = begin(Duration.ofSeconds(2));

    after(Duration.ofMillis(1_999));
    assertThat(patience.isOver(true)).isFalse();
    after(Duration.ofMillis(1));
    assertThat(patience.isOver(true)).isTrue();
    assertThat(patience.left()).isZero();
  }

  @Test
  void shouldGivePartitionsTimeToAnswerHoweverLittleTheClientWaits() {
    FetchPatience patience = begin(Duration.ZERO);

    assertThat(patience.isOver(true)).isFalse();
    after(FetchPatience.LEAST);
    assertThat(patience.isOver(true)).isTrue();
  }

  @Test
  void shouldLastLongerWhileThereIsNobodyToDelay() {
    FetchPatience patience = begin(Duration.ofMillis(500));

    after(FetchPatience.MOST.minusMillis(1));
    assertThat(patience.isOver(false)).isFalse();
    after(Duration.ofMillis(1));
    assertThat(patience.isOver(false)).isTrue();
  }

  @Test
  void shouldBeShortWhenAskingAgain() {
    FetchPatience patience = begin(Duration.ofSeconds(60));
    after(Duration.ofSeconds(3));

    FetchPatience again = patience.again();

    assertThat(again.isOver(false)).isFalse();
    after(FetchPatience.LEAST);
    assertThat(again.isOver(true)).isTrue();
    assertThat(again.isOver(false)).isTrue();
  }

  @Test
  void shouldBeOverWhenAskingAgainAfterTheClientsWait() {
    FetchPatience patience = begin(Duration.ofSeconds(1));
    after(Duration.ofSeconds(1));

    assertThat(patience.again().isOver(true)).isTrue();
  }

  private FetchPatience begin(Duration maxWait) {
    return FetchPatience.begin(() -> now, maxWait);
  }

  private void after(Duration time) {
    now += time.toNanos();
  }
}
