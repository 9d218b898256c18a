package io.castalia.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever happens, no two nodes acknowledge one sequence number, and everything acknowledged is in
 * the log at its place; and with anything wrong in the protocol, that does not hold.
 *
 * <p>{@code -Dcastalia.seed=N} runs one seed, {@code -Dcastalia.seeds=N} that many.
 */
final class FenceSimulationTest {
  private static final long SEEDS = Long.getLong("castalia.seeds", 400L);

  /** A mutant that as many seeds do not show counts as one that survives. */
  private static final long SEEDS_FOR_A_MUTANT = 2_000;

  @Test
  void shouldLoseNothingAndAcknowledgeNothingTwice() {
    Long seed = Long.getLong("castalia.seed");
    LongStream seeds = seed != null ? LongStream.of(seed) : LongStream.range(0, SEEDS);
    long acknowledged = 0;
    long wholeFences = 0;

    for (long each : seeds.toArray()) {
      FenceSimulation.Outcome outcome = FenceSimulation.run(each, store -> store);
      assertThat(outcome.violations()).as("violations of seed %d", each).isEmpty();
      acknowledged += outcome.acknowledged();
      wholeFences += outcome.wholeFences();
    }

    assertThat(acknowledged).isPositive();
    assertThat(wholeFences).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void shouldNoticeAMutant(FenceMutant mutant) {
    assertThat(LongStream.range(0, SEEDS_FOR_A_MUTANT))
        .as("seeds that show %s", mutant)
        .anyMatch(seed -> !FenceSimulation.run(seed, mutant::over).violations().isEmpty());
  }
}
