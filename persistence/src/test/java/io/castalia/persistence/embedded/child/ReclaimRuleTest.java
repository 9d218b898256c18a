package io.castalia.persistence.embedded.child;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReclaimRuleTest {
  @ParameterizedTest
  @CsvSource({
    // MiB deleted, of MiB: whether it pays with ample space, and when it is short
    "0, 10_240, false, false",
    "3_400, 10_240, false, true",
    "3_420, 10_240, true, true",
    "10_240, 10_240, true, true",
    "250, 250, false, true",
    "15, 30, false, false",
    "0, 0, false, false",
  })
  void shouldPayWhenAThirdOfATableIsDeletedOrSpaceIsShort(
      String deleted, String of, boolean ample, boolean isShort) {
    assertThat(ReclaimRule.AMPLE_SPACE.pays(bytes(deleted), bytes(of))).isEqualTo(ample);
    assertThat(ReclaimRule.SHORT_OF_SPACE.pays(bytes(deleted), bytes(of))).isEqualTo(isShort);
  }

  @Test
  void shouldGoOnWhileFilesGiveBackHalfOfThemselves() {
    assertThat(ReclaimRule.AMPLE_SPACE.goesOn(50, 100)).isTrue();
    assertThat(ReclaimRule.AMPLE_SPACE.goesOn(49, 100)).isFalse();
  }

  @Test
  void shouldTryAFileAgainWhenAsMuchMoreIsDeletedAsWasWrittenInVain() {
    assertThat(ReclaimRule.AMPLE_SPACE.nextTry(300, 5_000)).isEqualTo(5_300);
    assertThat(ReclaimRule.SHORT_OF_SPACE.nextTry(300, 5_000)).isZero();
  }

  private static long bytes(String mib) {
    return Long.parseLong(mib.replace("_", "")) << 20;
  }
}
