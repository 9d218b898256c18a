package io.castalia.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.testkit.simulation.Seeds;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever happens, no two nodes acknowledge one sequence number, everything acknowledged is in the
 * log at its place, and no owner that was replaced goes on to tell where the log ended; and with
 * anything wrong in the protocol, that does not hold.
 *
 * <p>{@link Seeds} says how to run one seed, or as many as one likes.
 */
final class FenceSimulationTest {
  private static final Seeds SEEDS = new Seeds(10_000, Duration.ofSeconds(40));

  /** A mutant that as many seeds do not show counts as one that survives. */
  private static final long SEEDS_FOR_A_MUTANT = 2_000;

  @Test
  @Timeout(value = 14, unit = TimeUnit.MINUTES)
  void shouldLoseNothingAndAcknowledgeNothingTwice() {
    LongAdder acknowledged = new LongAdder();
    LongAdder wholeFences = new LongAdder();

    long ran =
        SEEDS.expectNone(
            seed -> FenceSimulation.run(seed, store -> store),
            outcome -> {
              acknowledged.add(outcome.acknowledged());
              wholeFences.add(outcome.wholeFences());
            });

    System.out.printf(
        "%d seeds, %s events acknowledged, %s writers fenced%n", ran, acknowledged, wholeFences);
    assertThat(acknowledged.sum()).isPositive();
    assertThat(wholeFences.sum()).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void shouldNoticeAMutant(FenceMutant mutant) {
    Seeds.expectSome(SEEDS_FOR_A_MUTANT, seed -> FenceSimulation.run(seed, mutant::over));
  }
}
