package io.castalia.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.compare.LoadResult.Latency;
import io.castalia.bench.server.Broker;
import io.castalia.bench.server.KafkaBroker;
import io.castalia.bench.server.ProcessUsage;
import io.castalia.bench.server.Side;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ComparisonReportTest {

  private static final Broker DEFAULT = new KafkaBroker(Path.of("unused"), false);
  private static final Broker DURABLE = new KafkaBroker(Path.of("unused"), true);
  private static final ProcessUsage USED =
      new ProcessUsage(2, 1_500_000_000, 100_000_000, 300_000_000);

  @Test
  void shouldGiveMediansAndTheRatioOfTheFirstSideToTheOthers() {
    Scenario produce = scenario(Figure.THROUGHPUT);

    String table =
        ComparisonTable.format(
            List.of(DEFAULT, DURABLE),
            List.of(
                sample(produce, DEFAULT, 1_000, 4),
                sample(produce, DEFAULT, 3_000, 4),
                sample(produce, DEFAULT, 2_000, 4),
                sample(produce, DURABLE, 1_000, 8)));

    assertThat(table.lines().skip(2))
        .satisfiesExactly(
            row ->
                assertThat(row)
                    .startsWith("| Produce | Kafka default | page cache, written to disk later |")
                    .contains(
                        "| 500.0 | 1.9 (1.0 to 2.9) | 2000 (1000 to 3000) |",
                        "| 1.00 |",
                        "| Kafka 2.0 |")
                    .contains("| 7.0 (7.0 to 7.0) | 1.00 |")
                    .contains("| 1.50 (1.50 to 1.50) | 300 |"),
            row ->
                assertThat(row)
                    .contains("| Kafka durable |", "| 1000 (1000 to 1000) |", "| 2.00 |"));
  }

  @Test
  void shouldCompareByLatencyWhereThatCounts() {
    Scenario latency = scenario(Figure.LATENCY);

    String table =
        ComparisonTable.format(
            List.of(DEFAULT, DURABLE),
            List.of(sample(latency, DEFAULT, 1_000, 4), sample(latency, DURABLE, 1_000, 8)));

    assertThat(table.lines().skip(3)).singleElement().asString().contains("| 0.50 |");
  }

  @Test
  void shouldDrawABarForEachSideThatTookPart() {
    Scenario produce = scenario(Figure.THROUGHPUT);

    String picture =
        new ComparisonPicture(produce, List.of(DEFAULT, DURABLE))
            .svg(List.of(sample(produce, DURABLE, 1_048_576, 8)));

    assertThat(picture)
        .contains("Produce", "Kafka durable", "MB/s", "1,000")
        .doesNotContain("page");
    assertThat(picture).containsOnlyOnce("<line").contains("width=\"330.0\"");
  }

  /** A gigabyte of records of 1 KB, whatever the rate was. */
  private static Sample sample(Scenario scenario, Broker side, double rate, double p99) {
    return new Sample(
        scenario,
        side.name(),
        new LoadResult(1_000_000, rate, new Latency(1, p99), 7, 3),
        Map.of("Kafka", USED));
  }

  private static Scenario scenario(Figure figure) {
    Work none =
        new Work() {
          @Override
          public long warmUp(Broker side, Lengths lengths) {
            throw new AssertionError("nothing is run here");
          }

          @Override
          public void ready(Broker side, int round) {
            throw new AssertionError("nothing is run here");
          }

          @Override
          public LoadResult run(Broker side, int round, long records) {
            throw new AssertionError("nothing is run here");
          }
        };
    return new Scenario("produce", "Produce", figure, 1_000, Set.of(Side.values()), none);
  }
}
