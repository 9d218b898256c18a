package io.castalia.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MeterTest {
  private static final long SECOND = 1_000_000_000;
  private final Meter meter = new Meter(-SECOND);

  @Test
  void shouldTellTheRateAndTheLongestPauseBetweenRecords() {
    meter.begin(0);
    meter.count(10, 5 * SECOND);
    meter.count(10, 6 * SECOND);
    meter.count(20, 8 * SECOND);

    assertThat(meter.records()).isEqualTo(40);
    assertThat(meter.recordsPerSecond()).isEqualTo(5);
    assertThat(meter.longestPauseMillis()).isEqualTo(2_000);
  }

  @Test
  void shouldTellOfEachPartWhatWasInIt() {
    meter.begin(0);
    meter.count(10, SECOND);
    meter.count(30, 4 * SECOND);

    assertThat(meter.look(5 * SECOND)).isEqualTo(new Progress(5, 40, 8, 3_000));
    meter.count(5, 6 * SECOND);
    assertThat(meter.look(10 * SECOND)).isEqualTo(new Progress(10, 45, 1, 4_000));
  }

  @Test
  void shouldTellOfAPauseThatLasts() {
    meter.begin(0);

    assertThat(meter.look(30 * SECOND)).isEqualTo(new Progress(30, 0, 0, 30_000));
  }

  @Test
  void shouldBeReadAsItWasPrinted() {
    Progress first = new Progress(30, 3_000_000, 100_000.5, 12.5);
    Progress second = new Progress(60.1, 6_000_000, 99_000, 310);

    assertThat(Progress.in(first.line() + "\nsomething else\n" + second.line() + "\nso far 9"))
        .containsExactly(first, second);
    assertThat(second.describe(1_048_576))
        .isEqualTo("60 s, 6,000,000 records, at last 99000.0 MB/s, longest stall 310 ms");
  }
}
