package io.castalia.actors.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadMeterTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final LoadMeter meter = new LoadMeter(Duration.ofSeconds(10), 0);

  @Test
  void shouldComeToWhatIsAskedEachSecondAndForgetIt() {
    long each = 1_000_000 - LoadMeter.REQUEST_WEIGHT;
    Map<String, Double> averages = Map.of();
    for (int second = 1; second <= 10; second++) {
      meter.count("busy", each);
      averages = meter.sample(second * SECOND);
    }
    assertThat(averages.get("busy")).isCloseTo(500_000, within(1.0));

    for (int second = 11; second <= 100; second++) {
      meter.count("busy", each);
      averages = meter.sample(second * SECOND);
    }
    assertThat(averages.get("busy")).isCloseTo(1_000_000, within(2_000.0));
    assertThat(meter.total()).isEqualTo(averages.get("busy"));

    assertThat(meter.sample(110 * SECOND).get("busy")).isCloseTo(500_000, within(1_000.0));
    assertThat(meter.sample(1_000 * SECOND)).isEmpty();
    assertThat(meter.total()).isZero();
  }

  @Test
  void shouldCountRequestsBesideTheirBytes() {
    meter.count("bytes", 3 * LoadMeter.REQUEST_WEIGHT);
    for (int request = 0; request < 4; request++) {
      meter.count("requests", 0);
    }

    Map<String, Double> averages = meter.sample(SECOND);

    assertThat(averages).hasSize(2).contains(entry("bytes", averages.get("requests")));
  }
}
