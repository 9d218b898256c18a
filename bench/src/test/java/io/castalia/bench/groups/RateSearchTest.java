package io.castalia.bench.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RateSearchTest {
  private static final double RESOLUTION = 1.1;

  @ParameterizedTest
  @ValueSource(doubles = {7, 100, 101, 170, 950, 40_000})
  void shouldComeCloseToWhatTheServerCanDo(double capacity) {
    RateSearch search = new RateSearch(100, 1e6, RESOLUTION);

    run(search, capacity);

    assertThat(search.sustained()).isLessThanOrEqualTo(capacity);
    assertThat(search.sustained() * RESOLUTION).isGreaterThanOrEqualTo(capacity);
  }

  @Test
  void shouldDoubleUntilARateIsTooHighThenHalveTheDistance() {
    RateSearch search = new RateSearch(100, 1e6, 1.5);

    assertThat(run(search, 500)).containsExactly(100.0, 200.0, 400.0, 800.0, Math.sqrt(320_000));
  }

  @Test
  void shouldNotTryMoreThanTheMost() {
    RateSearch search = new RateSearch(100, 300, RESOLUTION);

    assertThat(run(search, 1e9)).containsExactly(100.0, 200.0, 300.0);
    assertThat(search.sustained()).isEqualTo(300);
  }

  @Test
  void shouldGiveUpOnAServerThatSustainsNothing() {
    RateSearch search = new RateSearch(64, 1e6, RESOLUTION);

    assertThat(run(search, 0)).containsExactly(64.0, 32.0, 16.0, 8.0, 4.0, 2.0, 1.0);
    assertThat(search.sustained()).isZero();
  }

  @Test
  void shouldRefuseASearchThatCouldNotEnd() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RateSearch(0, 10, RESOLUTION));
    assertThatIllegalArgumentException().isThrownBy(() -> new RateSearch(20, 10, RESOLUTION));
    assertThatIllegalArgumentException().isThrownBy(() -> new RateSearch(1, 10, 1));
  }

  private static List<Double> run(RateSearch search, double capacity) {
    List<Double> tried = new ArrayList<>();
    while (!search.isDone()) {
      tried.add(search.next());
      search.tried(search.next() <= capacity);
    }
    return tried;
  }
}
