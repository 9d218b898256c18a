package io.castalia.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeedsTest {
  private record Ended(long seed, List<String> violations) implements Outcome {}

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

  @Test
  void shouldNameSeedsThatShowSomethingWrongOrFail() {
    Seeds seeds = new Seeds(50, Duration.ofHours(1));

    assertThatThrownBy(() -> seeds.expectNone(SeedsTest::wrongAt7And9, outcome -> {}))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("2 of 50 seeds")
        .hasMessageContaining("-Dcastalia.seed=N")
        .hasMessageContaining("7=[seven]")
        .hasMessageContaining("9=[java.lang.IllegalStateException: nine]");
  }

  private static Ended wrongAt7And9(long seed) {
    if (seed == 9) {
      throw new IllegalStateException("nine");
    }
    return new Ended(seed, seed == 7 ? List.of("seven") : List.of());
  }

  @Test
  void shouldExpectASeedToShowWhatIsWrongEachTime() {
    AtomicLong runs = new AtomicLong();

    Seeds.expectSome(8, SeedsTest::wrongAt7And9);

    assertThatThrownBy(() -> Seeds.expectSome(7, SeedsTest::wrongAt7And9))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("none did");
    assertThatThrownBy(
            () ->
                Seeds.expectSome(
                    8, seed -> new Ended(seed, List.of("run " + runs.incrementAndGet()))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 0 to run the same way again");
  }
}
