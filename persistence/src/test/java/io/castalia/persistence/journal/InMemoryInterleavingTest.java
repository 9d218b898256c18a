package io.castalia.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.LogStore;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class InMemoryInterleavingTest extends InterleavingContract {
  private static final int MAX_SWITCHES = 3;

  /** Enough for every mutant. */
  private static final int SWITCHES_FOR_A_MUTANT = 2;

  private final InMemoryLogStore store = InMemoryLogStore.create();

  @Override
  protected LogStore store() {
    return store;
  }

  @Override
  protected int maxSwitches() {
    return MAX_SWITCHES;
  }

  @ParameterizedTest
  @MethodSource
  void shouldNoticeAMutant(FenceMutant mutant) {
    Interleavings mutated = new Interleavings(store, mutant::over, SWITCHES_FOR_A_MUTANT);

    assertThat(FenceScenario.values())
        .as("scenarios that show %s", mutant)
        .anyMatch(scenario -> !mutated.explore(scenario).violations().isEmpty());
  }

  static Stream<FenceMutant> shouldNoticeAMutant() {
    return Stream.of(FenceMutant.values())
        .filter(mutant -> mutant.seen() == FenceMutant.Seen.ANYWHERE);
  }
}
