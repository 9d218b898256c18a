package io.castalia.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LengthsTest {
  private final Lengths lengths = new Lengths(Duration.ofSeconds(20), Duration.ofSeconds(15));

  @Test
  void shouldWarmUpInPiecesOfAFairLength() {
    assertThat(lengths.piece()).isEqualTo(Duration.ofSeconds(10));
    assertThat(new Lengths(Duration.ZERO, Duration.ofMinutes(10)).piece())
        .isEqualTo(Duration.ofMinutes(1));
  }
}
