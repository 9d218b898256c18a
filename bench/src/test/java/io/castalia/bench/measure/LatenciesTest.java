package io.castalia.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LatenciesTest {

  @Test
  void shouldTellTheLatencyThatAShareDidNotExceed() {
    Latencies latencies = new Latencies();
    LongStream.rangeClosed(1, 200).map(rank -> 201 - rank).forEach(ms -> latencies.add(ms(ms)));

    assertThat(latencies.millis(0.5)).isEqualTo(100);
    assertThat(latencies.millis(0.99)).isEqualTo(198);
    assertThat(latencies.millis(1)).isEqualTo(200);
  }

  @Test
  void shouldKeepMoreThanItHasRoomForAtFirst() {
    Latencies latencies = new Latencies();
    LongStream.range(0, 100_000).forEach(latencies::add);

    assertThat(latencies.count()).isEqualTo(100_000);
    assertThat(latencies.millis(1)).isEqualTo(0.099_999);
  }

  @Test
  void shouldTellNothingOfNothing() {
    assertThat(new Latencies().millis(0.99)).isZero();
  }

  private static long ms(long millis) {
    return millis * 1_000_000;
  }
}
