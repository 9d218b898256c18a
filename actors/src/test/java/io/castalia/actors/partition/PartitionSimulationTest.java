package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.testkit.simulation.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Whoever has a partition, and however often it is taken: each producer's batches are in the log
 * once and in order, what was acknowledged is where it was said to be, and a read tells all that
 * was acknowledged before it was asked. {@link Seeds} says how to run one seed again.
 */
class PartitionSimulationTest {
  private static final Seeds SEEDS = new Seeds(2_000, Duration.ofSeconds(5));

  @Test
  void shouldKeepBatchesOnceAndInOrderAndTellReadersOfThem() {
    Map<Long, List<String>> violations = new ConcurrentSkipListMap<>();
    AtomicLong acknowledged = new AtomicLong();

    long ran =
        SEEDS.run(
            seed -> {
              PartitionSimulation.Outcome outcome =
                  PartitionSimulation.run(seed, PartitionMutant.NONE);
              acknowledged.addAndGet(outcome.acknowledged());
              if (!outcome.violations().isEmpty()) {
                violations.put(seed, outcome.violations());
              }
            });

    System.out.printf("%d seeds, %d batches acknowledged%n", ran, acknowledged.get());
    assertThat(violations).as("violations by seed; -Dcastalia.seed=N runs seed N again").isEmpty();
    assertThat(acknowledged).hasPositiveValue();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void shouldNoticeAMutant(PartitionMutant mutant) {
    long shown =
        LongStream.range(0, 300)
            .filter(seed -> !PartitionSimulation.run(seed, mutant).violations().isEmpty())
            .findFirst()
            .orElseThrow(() -> new AssertionError("no seed shows " + mutant));

    // and the seed shows the same again
    assertThat(PartitionSimulation.run(shown, mutant))
        .isEqualTo(PartitionSimulation.run(shown, mutant));
  }
}
