package io.castalia.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LastWordsTest {
  @Test
  void shouldTellTheInnermostCause() {
    List<String> printed =
        List.of(
            "Exception (Configuration) encountered during startup: Invalid yaml",
            "Configuration: Invalid yaml",
            "\tat org.apache.Main.main(Main.java:1)",
            "Caused by: outer",
            "\t... 22 more",
            "Caused by: java.lang.IllegalArgumentException: inner",
            "\tat org.apache.Other.read(Other.java:2)");

    assertThat(LastWords.cause(printed)).isEqualTo("java.lang.IllegalArgumentException: inner");
  }

  @Test
  void shouldTellWhatCassandraCallsTheReason() {
    List<String> printed =
        List.of("Exception (X) encountered during startup: no room", "2026 ERROR - the end");

    assertThat(LastWords.cause(printed)).isEqualTo("no room");
  }

  @Test
  void shouldTellTheLastLineOfAJvmThatCouldNotStart() {
    List<String> printed =
        List.of("Error occurred during initialization of VM", "Could not reserve space", "", "  x");

    assertThat(LastWords.cause(printed)).isEqualTo("Could not reserve space");
  }

  @Test
  void shouldNotTakeAWarningOfTheJvmForTheReason() {
    List<String> printed =
        List.of(
            "WARNING: A terminally deprecated method in java.lang.System has been called",
            "WARNING: System::setSecurityManager will be removed in a future release");

    assertThat(LastWords.cause(printed)).isEmpty();
  }

  @Test
  void shouldTellNothingWhenNothingWasPrinted() {
    assertThat(LastWords.cause(List.of())).isEmpty();
  }
}
