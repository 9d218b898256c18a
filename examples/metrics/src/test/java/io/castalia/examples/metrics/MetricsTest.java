package io.castalia.examples.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MetricsTest {

  @Test
  void shouldBeExactAfterTheCommand() {
    assertThat(new CommandLine(new Metrics()).execute()).isZero();
  }
}
