package io.castalia.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LengthsTest {
  private final Lengths lengths = new Lengths(Duration.ofSeconds(20), Duration.ofSeconds(15));

  @Test
  void shouldWarmUpLongerBeforeALongRound() {
    Lengths lengthy = lengths.roundOfAtLeast(Duration.ofMinutes(10));

    assertThat(lengthy).isEqualTo(new Lengths(Duration.ofMinutes(2), Duration.ofMinutes(10)));
    assertThat(lengthy.piece()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void shouldLeaveLengthsThatAreEnough() {
    assertThat(lengths.roundOfAtLeast(Duration.ZERO)).isEqualTo(lengths);
    assertThat(lengths.piece()).isEqualTo(Duration.ofSeconds(10));
  }
}
