package io.castalia.persistence.embedded.child;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReclaimRuleTest {
  private static final long GIB = 1L << 30;

  @ParameterizedTest
  @CsvSource({
    // deletions, of partitions, in GiB: whether it pays
    "0, 100, 10, false",
    "30, 100, 10, false",
    "34, 100, 10, true",
    "99, 100, 10, true",
    "20, 20, 0, false",
  })
  void shouldPayWhenAThirdOfATableIsDeleted(
      double deletions, long segments, long gib, boolean pays) {
    TableFigures now = new TableFigures(deletions, segments, gib * GIB);

    assertThat(ReclaimRule.AMPLE_SPACE.pays(now, TableFigures.NONE)).isEqualTo(pays);
  }

  @Test
  void shouldNotPayForLittle() {
    TableFigures small = new TableFigures(90, 100, 200L << 20);

    assertThat(ReclaimRule.AMPLE_SPACE.pays(small, TableFigures.NONE)).isFalse();
  }

  @Test
  void shouldNotPayTwiceForTheSameDeletions() {
    TableFigures rewritten = new TableFigures(50, 60, GIB);

    assertThat(ReclaimRule.AMPLE_SPACE.pays(rewritten, rewritten)).isFalse();
    assertThat(ReclaimRule.AMPLE_SPACE.pays(new TableFigures(90, 100, GIB), rewritten)).isTrue();
  }

  @Test
  void shouldPayForAlmostAnythingWhenSpaceIsShort() {
    TableFigures now = new TableFigures(1, 100, 2 * GIB);

    assertThat(ReclaimRule.SHORT_OF_SPACE.pays(now, TableFigures.NONE)).isTrue();
    assertThat(ReclaimRule.SHORT_OF_SPACE.pays(now, now)).isFalse();
  }
}
