package io.castalia.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MillisHistogramTest {
  private final MillisHistogram latencies = new MillisHistogram();

  @Test
  void shouldTellWhatSoManyDidNotExceed() {
    for (int millis = 100; millis >= 1; millis--) {
      latencies.add(millis);
    }

    assertThat(latencies.at(0.5)).isEqualTo(50);
    assertThat(latencies.at(0.99)).isEqualTo(99);
    assertThat(latencies.at(1)).isEqualTo(100);
  }

  @Test
  void shouldHoldWhatIsLongerThanAnythingExpected() {
    latencies.add(Long.MAX_VALUE);

    assertThat(latencies.at(0.5)).isEqualTo(300_000);
  }

  @Test
  void shouldTellNothingOfNothing() {
    assertThat(latencies.at(0.99)).isZero();
  }
}
