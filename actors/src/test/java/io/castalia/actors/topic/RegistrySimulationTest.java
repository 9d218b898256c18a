package io.castalia.actors.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.testkit.simulation.Seeds;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Wherever the registry is, and however often it is replaced: what was acknowledged is in its
 * journal, names and ids have one owner, each node shows a version as all others do and never an
 * older one than before, logs of deleted topics go, all of them, and no others. {@link Seeds} says
 * how to run one seed again.
 */
class RegistrySimulationTest {
  private static final Seeds SEEDS = new Seeds(2_000, Duration.ofSeconds(10));

  @Test
  void shouldKeepWhatIsPromisedOfTopics() {
    LongAdder answers = new LongAdder();
    LongAdder events = new LongAdder();

    long ran =
        SEEDS.expectNone(
            seed -> RegistrySimulation.run(seed, RegistryMutant.NONE),
            outcome -> {
              answers.add(outcome.answers());
              events.add(outcome.version());
            });

    System.out.printf("%d seeds, %s requests answered, %s events%n", ran, answers, events);
    assertThat(answers.sum()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void shouldNoticeAMutant(RegistryMutant mutant) {
    Seeds.expectSome(300, seed -> RegistrySimulation.run(seed, mutant));
  }
}
