package io.castalia.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageTest {
  private final Outage outage = new Outage();

  @Test
  void shouldSayOnceThatTheStoreIsAwayAndOnceThatItIsBack() {
    assertThat(outage.failed(millis(0), false, "first")).isEmpty();
    assertThat(outage.failed(millis(5_000), false, "second"))
        .hasValueSatisfying(line -> assertThat(line).endsWith("until it does: second"));
    assertThat(outage.failed(millis(6_000), false, "third")).isEmpty();
    assertThat(outage.failed(millis(20_000), true, "fourth")).isEmpty();

    assertThat(outage.answered(millis(30_000))).hasValue("The store answers again, after 30 s");
    assertThat(outage.answered(millis(30_001))).isEmpty();
  }

  @Test
  void shouldSayNothingOfAFailureThatRepetitionHeals() {
    assertThat(outage.failed(millis(0), false, "one")).isEmpty();
    assertThat(outage.answered(millis(50))).isEmpty();
    assertThat(outage.failed(millis(5_500), false, "another")).isEmpty();
  }

  @Test
  void shouldSaySoWhenACallIsGivenUpEvenIfOthersSucceed() {
    assertThat(outage.answered(millis(0))).isEmpty();

    assertThat(outage.failed(millis(1), true, "a row is too large")).isPresent();
  }

  @Test
  void shouldBeginAnewAfterEachOutage() {
    assertThat(outage.failed(millis(0), true, "first")).isPresent();
    assertThat(outage.answered(millis(10))).isPresent();

    assertThat(outage.failed(millis(20), true, "second")).isPresent();
    assertThat(outage.answered(millis(2_020))).hasValue("The store answers again, after 2 s");
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
