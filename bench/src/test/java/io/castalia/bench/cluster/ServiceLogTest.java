package io.castalia.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ServiceLogTest {

  private static final long MS = 1_000_000;

  @Test
  void shouldFindTheLongestTimeWithoutServiceOfEachPartition() {
    ServiceLog log = new ServiceLog(2);
    for (long moment : new long[] {0, 10, 50, 60, 70, 80}) {
      log.acknowledged(0, moment * MS, 0);
    }
    for (long moment = 0; moment <= 80; moment += 10) {
      log.acknowledged(1, moment * MS, 0);
    }

    assertThat(log.longestGaps(20 * MS, 75 * MS)).containsExactly(40L, 10L);
  }

  @Test
  void shouldCountAGapThatBeganBeforeTheSpanOrGoesOnAfterIt() {
    ServiceLog log = new ServiceLog(1);
    log.acknowledged(0, 0, 0);
    log.acknowledged(0, 50 * MS, 0);
    log.acknowledged(0, 60 * MS, 0);

    assertThat(log.longestGaps(40 * MS, 55 * MS)).containsExactly(50L);
    assertThat(log.longestGaps(60 * MS, 100 * MS)).containsExactly(40L);
  }

  @Test
  void shouldNotCountGapsOutsideOfTheSpan() {
    ServiceLog log = new ServiceLog(1);
    for (long moment : new long[] {0, 500, 510, 520, 1_500}) {
      log.acknowledged(0, moment * MS, 0);
    }

    assertThat(log.longestGaps(511 * MS, 519 * MS)).containsExactly(10L);
  }

  @Test
  void shouldKnowWhetherAllServeSinceAMoment() {
    ServiceLog log = new ServiceLog(2);
    log.acknowledged(0, 100, 0);
    assertThat(log.allSince(50)).isFalse();

    log.acknowledged(1, 60, 0);

    assertThat(log.allSince(50)).isTrue();
    assertThat(log.allSince(60)).isFalse();
  }

  @Test
  void shouldKnowHowLongTheRecordsOfASpanTook() {
    ServiceLog log = new ServiceLog(2);
    log.acknowledged(0, 10, 3 * MS);
    log.acknowledged(0, 20, 4 * MS);
    log.acknowledged(1, 25, 5 * MS);
    log.acknowledged(1, 30, 6 * MS);

    assertThat(log.latencies(15, 25)).containsExactly(4L, 5L);
  }

  @Test
  void shouldRefuseToJudgeAPartitionThatHasNeverServed() {
    assertThatThrownBy(() -> new ServiceLog(1).longestGaps(0, 1))
        .isInstanceOf(IllegalStateException.class);
  }
}
