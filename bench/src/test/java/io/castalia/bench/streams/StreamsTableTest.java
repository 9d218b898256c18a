package io.castalia.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.applications.Work;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamsTableTest {

  @Test
  void shouldCompareMediansWithTheFirstSide() {
    List<Speed> speeds =
        List.of(
            new Speed(Work.COUNT, "Castalia", 10_000, 50, 30, 100_000_000),
            new Speed(Work.COUNT, "Kafka", 40_000, 10, 20, 200_000_000),
            new Speed(Work.COUNT, "Castalia", 20_000, 70, 40, 300_000_000),
            new Speed(Work.COUNT, "Kafka", 20_000, 10, 20, 200_000_000));
    List<Resumption> resumptions =
        List.of(
            new Resumption("Castalia", 50_000_000, 10, 3, 4),
            new Resumption("Kafka", 50_000_000, 20, 5, 8));

    assertThat(StreamsTable.format(speeds, resumptions))
        .contains(
            "| count by key | Castalia | 15000 (10000 to 20000) | 1.00 | 60.0 (50.0 to 70.0) | 35.0"
                + " (30.0 to 40.0) | 300 |",
            "| count by key | Kafka | 30000 (20000 to 40000) | 0.50 | ",
            "| 50 | Castalia | 10.0 (10.0 to 10.0) | 3.0 (3.0 to 3.0) | 4.0 (4.0 to 4.0) | 1.00 |",
            "| 50 | Kafka | 20.0 (20.0 to 20.0) | 5.0 (5.0 to 5.0) | 8.0 (8.0 to 8.0) | 2.00 |");
  }
}
