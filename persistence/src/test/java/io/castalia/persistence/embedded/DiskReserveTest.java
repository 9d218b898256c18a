package io.castalia.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskReserveTest {
  private static final long MIB = 1L << 20;

  private final DiskReserve reserve = new DiskReserve(512 * MIB);

  @ParameterizedTest(name = "{0} with {1} MiB free is {2}")
  @CsvSource({
    "AMPLE, 5000, AMPLE",
    "AMPLE, 512, AMPLE",
    "AMPLE, 511, SHORT",
    "AMPLE, 64, SHORT",
    "AMPLE, 63, NONE",
    "SHORT, 575, SHORT",
    "SHORT, 576, AMPLE",
    "SHORT, 64, SHORT",
    "SHORT, 63, NONE",
    "NONE, 255, NONE",
    "NONE, 256, SHORT",
    "NONE, 575, SHORT",
    "NONE, 576, AMPLE"
  })
  void shouldNeedMoreToEndAShortageThanToBeginIt(DiskRoom before, long freeMiB, DiskRoom after) {
    assertThat(reserve.room(before, freeMiB * MIB)).isEqualTo(after);
  }

  @Test
  void shouldKeepTheCommitLogWholeEvenWithoutAReserve() {
    DiskReserve none = new DiskReserve(0);

    assertThat(none.room(DiskRoom.AMPLE, 64 * MIB)).isEqualTo(DiskRoom.AMPLE);
    assertThat(none.room(DiskRoom.AMPLE, 63 * MIB)).isEqualTo(DiskRoom.NONE);
    assertThat(none.room(DiskRoom.NONE, 127 * MIB)).isEqualTo(DiskRoom.NONE);
    assertThat(none.room(DiskRoom.NONE, 128 * MIB)).isEqualTo(DiskRoom.AMPLE);
  }

  @Test
  void shouldRefuseANegativeReserve() {
    assertThatThrownBy(() -> new DiskReserve(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected castalia.persistence.embedded-cassandra.disk-reserve to be 0 bytes or more,"
                + " but it was -1");
  }
}
