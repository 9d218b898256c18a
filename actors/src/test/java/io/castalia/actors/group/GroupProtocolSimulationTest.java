package io.castalia.actors.group;

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
 * Whatever becomes of members, messages and the coordinator: nobody has what another has, committed
 * offsets are neither lost nor go back, whoever takes a partition over begins there, and those who
 * are left alone share all. {@link Seeds} says how to run one seed again.
 */
class GroupProtocolSimulationTest {
  private static final Seeds SEEDS = new Seeds(1_000, Duration.ofSeconds(4));

  @Test
  void shouldKeepWhatIsPromisedToMembers() {
    Map<Long, List<String>> violations = new ConcurrentSkipListMap<>();
    AtomicLong commits = new AtomicLong();

    long ran =
        SEEDS.run(
            seed -> {
              GroupSimulation.Outcome outcome = GroupSimulation.run(seed, GroupMutant.NONE);
              commits.addAndGet(outcome.commits());
              if (!outcome.violations().isEmpty()) {
                violations.put(seed, outcome.violations());
              }
            });

    System.out.printf("%d seeds, %d commits acknowledged%n", ran, commits.get());
    assertThat(violations).as("violations by seed; -Dcastalia.seed=N runs seed N again").isEmpty();
    assertThat(commits).hasPositiveValue();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void shouldNoticeAMutant(GroupMutant mutant) {
    long shown =
        LongStream.range(0, 300)
            .filter(seed -> !GroupSimulation.run(seed, mutant).violations().isEmpty())
            .findFirst()
            .orElseThrow(() -> new AssertionError("no seed shows " + mutant));

    // and the seed shows the same again
    assertThat(GroupSimulation.run(shown, mutant)).isEqualTo(GroupSimulation.run(shown, mutant));
  }
}
