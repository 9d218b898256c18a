package io.castalia.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.testkit.simulation.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
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
  private static final Seeds SEEDS = new Seeds(10_000, Duration.ofSeconds(20));

  /** A mutant that as many seeds do not show counts as one that survives. */
  private static final long SEEDS_FOR_A_MUTANT = 2_000;

  @Test
  @Timeout(value = 14, unit = TimeUnit.MINUTES)
  void shouldLoseNothingAndAcknowledgeNothingTwice() {
    Map<Long, List<String>> violations = new ConcurrentSkipListMap<>();
    AtomicLong acknowledged = new AtomicLong();
    AtomicLong wholeFences = new AtomicLong();

    long ran =
        SEEDS.run(
            each -> {
              FenceSimulation.Outcome outcome = FenceSimulation.run(each, store -> store);
              acknowledged.addAndGet(outcome.acknowledged());
              wholeFences.addAndGet(outcome.wholeFences());
              if (!outcome.violations().isEmpty()) {
                violations.put(each, outcome.violations());
              }
            });

    System.out.printf(
        "%d seeds, %d events acknowledged, %d writers fenced%n",
        ran, acknowledged.get(), wholeFences.get());
    assertThat(violations).as("violations by seed; -Dcastalia.seed=N runs seed N again").isEmpty();
    assertThat(acknowledged).hasPositiveValue();
    assertThat(wholeFences).hasPositiveValue();
  }

  @ParameterizedTest
  @EnumSource
  void shouldNoticeAMutant(FenceMutant mutant) {
    long shown =
        LongStream.range(0, SEEDS_FOR_A_MUTANT)
            .filter(seed -> !FenceSimulation.run(seed, mutant::over).violations().isEmpty())
            .findFirst()
            .orElseThrow(() -> new AssertionError("no seed shows " + mutant));

    // and the seed shows the same again
    assertThat(FenceSimulation.run(shown, mutant::over))
        .isEqualTo(FenceSimulation.run(shown, mutant::over));
  }
}
