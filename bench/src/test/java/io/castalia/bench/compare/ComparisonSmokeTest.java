package io.castalia.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.SharedKafka;
import io.castalia.bench.server.WorkDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The shortest form of {@code bench/run}: that it works, not how fast. On Kafka alone, which starts
 * faster than Castalia; that its clients work with Castalia is tested elsewhere.
 */
final class ComparisonSmokeTest {
  private static final Lengths SHORTEST = new Lengths(Duration.ofMillis(1), Duration.ofMillis(1));

  @RegisterExtension static final SharedKafka KAFKA = new SharedKafka();

  @Test
  void shouldMeasureProducingAndConsumingAtOnce() {
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("compare-test"));
    Scenario together = scenario("together-1k", work, new SustainedOptions());
    Broker kafka = KAFKA.broker();

    List<Sample> samples = new Comparison(1, SHORTEST, System.out).run(together, List.of(kafka));

    assertThat(samples)
        .singleElement()
        .satisfies(
            sample -> {
              assertThat(sample.load().records()).isPositive();
              assertThat(sample.load().recordsPerSecond()).isPositive();
              assertThat(sample.load().longestPauseMillis()).isPositive();
              assertThat(sample.cpuPerGigabyte("Kafka")).isPositive();
            });
    assertThat(ComparisonTable.format(List.of(kafka), samples))
        .contains("| Produce and consume 1 KB at once | Kafka default |");
  }

  @Test
  void shouldEndByTimeAndReadAllThatWasSent() {
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("sustained-test"));
    SustainedOptions options = new SustainedOptions();
    options.seconds = 1;
    Scenario sustained = scenario("sustained-1k", work, options);
    Broker kafka = KAFKA.broker();

    Sample sample = new Comparison(1, SHORTEST, System.out).round(sustained, kafka, 1);

    // That it read as many as were sent is checked by the load itself.
    assertThat(sample.load().records()).isPositive();
    assertThat(sample.load().latency().p99Millis()).isPositive();
    assertThat(sample.cpuPerGigabyte("Kafka")).isPositive();
    assertThat(ComparisonTable.format(List.of(kafka), List.of(sample)))
        .contains("| Produce and consume 1 KB at once, for 1 s | Kafka default |");
  }

  private static Scenario scenario(String name, Path work, SustainedOptions options) {
    return Scenarios.in(work, options).stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
