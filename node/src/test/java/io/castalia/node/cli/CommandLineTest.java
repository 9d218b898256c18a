package io.castalia.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.embedded.FreePorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "topic",
        "nonsense",
        "topic create",
        "topic create t --partitions many",
        "topic alter t",
        "topic list --bootstrap nowhere",
        "topic list --bootstrap 127.0.0.1:0",
        "produce t --compression tar",
        "consume t --from-beginning --offset 3",
        "consume t --since yesterday",
        "consume t --timeout 10",
        "consume t --group g --partition 1",
        "group",
        "group describe",
        "group reset-offsets g",
        "group reset-offsets g --to-earliest --to-latest",
        "group reset-offsets g --to-time yesterday"
      })
  void shouldExitWith2AndSayWhyWhenUsedWrongly(String line) {
    CommandLineRun run = CommandLineRun.of(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("castalia: ").doesNotContain("Exception");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "help",
        "topic --help",
        "topic create --help",
        "group reset-offsets --help",
        "consume -h"
      })
  void shouldExplainItselfOnStandardOutput(String line) {
    CommandLineRun run = CommandLineRun.of(line.split(" "));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Usage: castalia");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void shouldNameExitCodesInHelp() {
    assertThat(CommandLineRun.of("--help").out()).contains("Exit codes:", "0", "1", "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"topic list", "produce t", "consume t", "topic describe t", "group list"})
  void shouldFailAtOnceInOneLineWhenNothingListens(String line) {
    String[] args = (line + " --bootstrap 127.0.0.1:" + FreePorts.next()).split(" ");

    CommandLineRun run = CommandLineRun.of(args);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("nothing answers at 127.0.0.1").hasLineCount(1);
  }
}
