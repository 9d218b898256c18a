package io.castalia.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeedsTest {
  private final Queue<Long> ran = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void assumeThatNobodyChoseSeeds() {
    assumeThat(Long.getLong("castalia.seed")).isNull();
    assumeThat(Long.getLong("castalia.seeds")).isNull();
  }

  @Test
  void shouldRunEachSeedOnce() {
    assertThat(new Seeds(200, Duration.ofHours(1)).run(ran::add)).isEqualTo(200);

    assertThat(ran).containsExactlyInAnyOrderElementsOf(LongStream.range(0, 200).boxed().toList());
  }

  @Test
  void shouldRunATwentiethWhenThereIsNoTime() {
    long count = new Seeds(2_000, Duration.ZERO).run(ran::add);

    // and what other processors had begun by then
    assertThat(count).isBetween(100L, 100L + Runtime.getRuntime().availableProcessors());
    assertThat(ran).hasSize((int) count).contains(0L, 99L);
  }
}
