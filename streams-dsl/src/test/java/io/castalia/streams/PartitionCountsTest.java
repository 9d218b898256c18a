package io.castalia.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Producers see partitions that are added. */
class PartitionCountsTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicLong now = new AtomicLong();
  private final PartitionCounts counts =
      new PartitionCounts(
          topic -> CompletableFuture.completedStage(asked.incrementAndGet()), now::get);

  private int count(String topic) {
    return counts.of(topic).toCompletableFuture().join();
  }

  @Test
  void shouldAskAgainWhenSomeTimeHasPassed() {
    assertThat(count("in")).isEqualTo(1);
    now.set(PartitionCounts.KEPT_FOR.toNanos() - 1);
    assertThat(count("in")).isEqualTo(1);
    assertThat(count("other")).isEqualTo(2);

    now.set(PartitionCounts.KEPT_FOR.toNanos());

    assertThat(count("in")).isEqualTo(3);
    assertThat(count("in")).isEqualTo(3);
  }
}
