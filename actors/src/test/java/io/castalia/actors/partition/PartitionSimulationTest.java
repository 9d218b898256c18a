package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.testkit.simulation.Seeds;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
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
  private static final Seeds SEEDS = new Seeds(2_000, Duration.ofSeconds(10));

  @Test
  void shouldKeepBatchesOnceAndInOrderAndTellReadersOfThem() {
    LongAdder acknowledged = new LongAdder();

    long ran =
        SEEDS.expectNone(
            seed -> PartitionSimulation.run(seed, PartitionMutant.NONE),
            outcome -> acknowledged.add(outcome.acknowledged()));

    System.out.printf("%d seeds, %s batches acknowledged%n", ran, acknowledged);
    assertThat(acknowledged.sum()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void shouldNoticeAMutant(PartitionMutant mutant) {
    Seeds.expectSome(300, seed -> PartitionSimulation.run(seed, mutant));
  }
}
