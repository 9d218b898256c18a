package io.castalia.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpreadTest {

  @Test
  void shouldTakeTheMiddleOfAnOddNumber() {
    assertThat(spread(5, 1, 3)).isEqualTo(new Spread(1, 3, 5));
  }

  @Test
  void shouldTakeTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
    assertThat(spread(4, 1, 2, 9)).isEqualTo(new Spread(1, 3, 9));
  }

  @Test
  void shouldRefuseToSayAnythingOfNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> spread());
  }

  private static Spread spread(Integer... figures) {
    return Spread.of(List.of(figures), Integer::doubleValue);
  }
}
