package io.castalia.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.castalia.bench.compare.LoadResult.Latency;
import org.junit.jupiter.api.Test;

final class ToolOutputTest {

  @Test
  void shouldTakeTheLastLineOfTheProducerTool() {
    String printed =
        """
        100 records sent, 20.0 records/sec (0.02 MB/sec), 9.0 ms avg latency, 9.0 ms max latency.
        300 records sent, 60.5 records/sec (0.06 MB/sec), 8.10 ms avg latency, 9.00 ms max latency, \
        7 ms 50th, 8 ms 95th, 9 ms 99th, 9 ms 99.9th.
        """;

    assertThat(ToolOutput.PRODUCED.read(printed, 300))
        .isEqualTo(new LoadResult(300, 60.5, new Latency(7, 9), 0, 0));
  }

  @Test
  void shouldReadWhatOurOwnToolsPrint() {
    assertThat(ToolOutput.CONSUMED.read("5 records read, 2.5 records/sec, 0.1 ms longest pause", 5))
        .isEqualTo(new LoadResult(5, 2.5, Latency.UNKNOWN, 0.1, 0));
    assertThat(
            ToolOutput.TIMED.read(
                "5 records, half of them timed, 2.5 records/sec, 0.1 ms 50th, 3.4 ms 99th", 5))
        .isEqualTo(new LoadResult(5, 2.5, new Latency(0.1, 3.4), 0, 0));
  }

  @Test
  void shouldNotBelieveAToolThatMovedLessThanItWasAskedTo() {
    String printed = "4 records read, 2.5 records/sec, 0.1 ms longest pause";

    assertThatIllegalStateException()
        .isThrownBy(() -> ToolOutput.CONSUMED.read(printed, 5))
        .withMessageContaining("expected 5 records")
        .withMessageContaining(printed);
  }

  @Test
  void shouldTakeTheNumberFromTheToolWhereNoneIsExpected() {
    String printed = "7 records sent, 2.5 records/sec, 0.1 ms longest pause, 3 ms 50th, 9 ms 99th";

    assertThat(ToolOutput.PRODUCED.read(printed))
        .isEqualTo(new LoadResult(7, 2.5, new Latency(3, 9), 0, 0));
    assertThatIllegalStateException()
        .isThrownBy(() -> ToolOutput.CONSUMED.read(printed))
        .withMessageContaining(printed);
  }

  @Test
  void shouldShowWhatAToolPrintedThatFailed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ToolOutput.PRODUCED.read("Exception in thread main", 5))
        .withMessageContaining("Exception in thread main");
  }
}
