package io.castalia.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DiskSpaceTest {
  private static final long GIGABYTE = 1_000_000_000;

  @Test
  void shouldSayWhatIsExpectedAndWhatThereIs() {
    DiskSpace disk = new DiskSpace(() -> 41 * GIGABYTE + 1);

    assertThat(disk.compare(39 * GIGABYTE))
        .isEqualTo("Expected to take up to 39 GB of disk at a time; there are 41 GB of disk free");
    assertThat(disk.has(39 * GIGABYTE)).isTrue();
    assertThat(disk.compare(40 * GIGABYTE))
        .endsWith("41 GB of disk free, which is too little: at least 2 GB have to stay free");
    assertThat(disk.has(40 * GIGABYTE)).isFalse();
  }

  @Test
  void shouldEndARunBeforeItFillsTheDisk() {
    assertThatCode(() -> new DiskSpace(() -> 2 * GIGABYTE).requireSome())
        .doesNotThrowAnyException();
    assertThatIllegalStateException()
        .isThrownBy(() -> new DiskSpace(() -> GIGABYTE).requireSome())
        .withMessage(
            "expected at least 2 GB of disk to stay free, but there are 1 GB of disk free");
  }

  @Test
  void shouldExpectNoMoreForLongerThanForAsLongAsRecordsAreKept() {
    SustainedLoad tenMinutes = lasting(Duration.ofMinutes(10));
    SustainedLoad hours = lasting(Duration.ofHours(10));
    Duration warmUp = Duration.ofMinutes(2);

    assertThat(tenMinutes.diskBytes(warmUp))
        .isEqualTo(hours.diskBytes(warmUp))
        .isBetween(30 * GIGABYTE, 45 * GIGABYTE);
    assertThat(lasting(Duration.ofMinutes(1)).diskBytes(Duration.ofSeconds(30)))
        .isBetween(9 * GIGABYTE, 18 * GIGABYTE);
  }

  private static SustainedLoad lasting(Duration time) {
    return new SustainedLoad(ProduceLoad.ofBytes(1_000, 4, Map.of()), time, 2L << 30);
  }
}
