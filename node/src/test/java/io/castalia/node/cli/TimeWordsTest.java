package io.castalia.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeWordsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "30s, PT30S", "10m, PT10M", "2h, PT2H", "7d, PT168H", "1H, PT1H"})
  void shouldReadDurations(String text, Duration expected) {
    assertThat(TimeWords.duration(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "10m, 2026-03-01T11:50:00Z",
    "2026-01-31, 2026-01-31T00:00:00Z",
    "2026-01-31T08:30, 2026-01-31T08:30:00Z",
    "2026-01-31T08:30:00Z, 2026-01-31T08:30:00Z",
    "2026-01-31T08:30:00+02:00, 2026-01-31T06:30:00Z"
  })
  void shouldReadTimes(String text, Instant expected) {
    assertThat(TimeWords.since(text, NOW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "m", "10 m", "-3s", "yesterday", "2026-13-01", "10w"})
  void shouldRefuseAnythingElse(String text) {
    assertThatThrownBy(() -> TimeWords.since(text, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }
}
