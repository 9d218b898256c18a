package io.castalia.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.store.LogStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes that meet over a log never both acknowledge, in whatever order their calls take effect. */
public abstract class InterleavingContract {

  /** The store under test; may be the same for all tests. */
  protected abstract LogStore store();

  /** How often something else may come before what could go on. */
  protected abstract int maxSwitches();

  @ParameterizedTest
  @EnumSource
  void shouldNeverAcknowledgeTwiceOrLoseWhatIsAcknowledged(FenceScenario scenario) {
    Interleavings.Outcome outcome =
        new Interleavings(store(), same -> same, maxSwitches()).explore(scenario);

    assertThat(outcome.violations()).isEmpty();
    assertThat(outcome.runs()).isGreaterThan(10);
    assertThat(outcome.acknowledged()).isGreaterThan(outcome.runs());
  }
}
