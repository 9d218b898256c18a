package io.castalia.actors.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.testkit.simulation.Seeds;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Whatever becomes of members, messages and the coordinator: nobody has what another has, committed
 * offsets are neither lost nor go back, whoever takes a partition over begins there, and those who
 * are left alone share all. {@link Seeds} says how to run one seed again.
 */
class GroupSimulationTest {
  private static final Seeds SEEDS = new Seeds(1_000, Duration.ofSeconds(15));

  @Test
  void shouldKeepWhatIsPromisedToMembers() {
    LongAdder commits = new LongAdder();

    long ran =
        SEEDS.expectNone(
            seed -> GroupSimulation.run(seed, GroupMutant.NONE),
            outcome -> commits.add(outcome.commits()));

    System.out.printf("%d seeds, %s commits acknowledged%n", ran, commits);
    assertThat(commits.sum()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void shouldNoticeAMutant(GroupMutant mutant) {
    Seeds.expectSome(300, seed -> GroupSimulation.run(seed, mutant));
  }
}
