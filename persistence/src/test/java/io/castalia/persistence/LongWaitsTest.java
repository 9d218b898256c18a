package io.castalia.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.LongWaits.Wait;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LongWaitsTest {
  private final LongWaits waits = new LongWaits("Things");

  @Test
  void shouldSayNothingOfWaitsThatAreShort() {
    assertThat(look(5_000, waited("a", 1))).isEmpty();
  }

  @Test
  void shouldNameThoseThatHaveWaitedLongest() {
    Stream<Wait> all = IntStream.of(3, 1, 4, 2, 9).mapToObj(s -> waited("w" + s, s * 1_000L));

    assertThat(waits.line(all, nanos(10_000)))
        .hasValue(
            "Things: 4 for 5 s or longer; \"w1\" for 9 s (tea), \"w2\" for 8 s (tea),"
                + " \"w3\" for 7 s (tea)");
  }

  @Test
  void shouldNotRepeatItselfForAWhile() {
    assertThat(look(5_000, waited("a", 0))).isPresent();
    assertThat(look(14_999, waited("a", 0))).isEmpty();
    assertThat(look(15_000, waited("a", 0))).isPresent();
  }

  @Test
  void shouldTellTimeAcrossTheClocksOverflow() {
    long since = Long.MAX_VALUE - nanos(1_000);

    assertThat(waits.line(Stream.of(new Wait("a", "tea", since)), since + nanos(6_000)))
        .hasValueSatisfying(line -> assertThat(line).contains("for 6 s"));
  }

  private Optional<String> look(long millis, Wait one) {
    return waits.line(Stream.of(one), nanos(millis));
  }

  private static Wait waited(String subject, long sinceMillis) {
    return new Wait(subject, "tea", nanos(sinceMillis));
  }

  private static long nanos(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
