package io.castalia.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.persistence.store.Buckets;
import org.junit.jupiter.api.Test;

class BucketNumbersTest {
  private static final long MIB = 1L << 20;
  private static final long NOW = 1_800_000_000;

  private long now = NOW;
  private int random = 5;

  private BucketNumbers numbers(int atATime, long bytes) {
    return new BucketNumbers(atATime, bytes, () -> now, () -> random);
  }

  @Test
  void shouldPutSegmentsOfManyLogsIntoOneBucket() {
    BucketNumbers numbers = numbers(1, 100 * MIB);

    long first = numbers.after(0, 0);
    long second = numbers.after(3, 0);

    assertThat(Buckets.of(first)).isNotEqualTo(Buckets.NONE).isEqualTo(Buckets.of(second));
  }

  @Test
  void shouldGiveALogNoNumberTwice() {
    BucketNumbers numbers = numbers(1, 100 * MIB);

    long first = numbers.after(0, 0);
    long second = numbers.after(first, 0);

    assertThat(second).isEqualTo(first + 1);
    assertThat(Buckets.of(second)).isEqualTo(Buckets.of(first));
  }

  @Test
  void shouldBeginAnotherBucketWhenOneIsFull() {
    BucketNumbers numbers = numbers(1, 100 * MIB);

    long first = numbers.after(0, 64 * MIB);
    long second = numbers.after(0, 64 * MIB);
    long third = numbers.after(0, 64 * MIB);

    assertThat(Buckets.of(second)).isEqualTo(Buckets.of(first));
    assertThat(Buckets.of(third)).isGreaterThan(Buckets.of(first));
  }

  @Test
  void shouldCountSegmentsOfWhichNothingIsKnown() {
    BucketNumbers numbers = numbers(1, 2 * MIB);

    long first = numbers.after(0, 0);
    long second = numbers.after(0, 0);
    long third = numbers.after(0, 0);

    assertThat(Buckets.of(second)).isEqualTo(Buckets.of(first));
    assertThat(Buckets.of(third)).isGreaterThan(Buckets.of(first));
  }

  @Test
  void shouldDealSegmentsOutAmongSeveralBuckets() {
    BucketNumbers numbers = numbers(2, 100 * MIB);

    long first = numbers.after(0, 0);
    random = 900;
    long second = numbers.after(0, 0);
    long third = numbers.after(0, 0);

    assertThat(Buckets.of(second)).isNotEqualTo(Buckets.of(first));
    assertThat(Buckets.of(third)).isEqualTo(Buckets.of(first));
  }

  @Test
  void shouldAscendFromNodeToNode() {
    long here = numbers(1, 100 * MIB).after(0, 0);
    now++;
    random = 0;

    long there = numbers(1, 100 * MIB).after(here, 0);

    assertThat(there).isGreaterThan(here);
    assertThat(Buckets.of(there)).isNotEqualTo(Buckets.of(here));
  }

  @Test
  void shouldAscendWhenTheClockHasGoneBack() {
    long here = numbers(1, 100 * MIB).after(0, 0);
    now -= 3600;

    assertThat(numbers(1, 100 * MIB).after(here, 0)).isEqualTo(here + 1);
  }

  @Test
  void shouldNotShareABucketWithAnotherNode() {
    long here = numbers(1, 100 * MIB).after(0, 0);
    random = 6;

    long there = numbers(1, 100 * MIB).after(0, 0);

    assertThat(Buckets.of(there)).isNotEqualTo(Buckets.of(here));
  }

  @Test
  void shouldStayPositiveForCenturies() {
    now = 4L * Integer.MAX_VALUE;

    assertThat(numbers(1, 100 * MIB).after(0, 0)).isPositive();
  }

  @Test
  void shouldRefuseSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> SegmentNumbers.inBuckets(0, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but they were 0 and 10");
    assertThatThrownBy(() -> SegmentNumbers.inBuckets(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but they were 1 and 0");
  }
}
