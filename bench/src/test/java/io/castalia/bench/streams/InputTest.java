package io.castalia.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.applications.Work;
import io.castalia.bench.streams.Input.Expected;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputTest {

  @ParameterizedTest
  @CsvSource({"10, 0", "10, 9", "10, 10", "10, 57", "3, 100"})
  void shouldExpectWhatCountingOneByOneGives(long keys, long records) {
    Map<Long, Long> counts = new HashMap<>();
    long sum = 0;
    long passed = 0;
    for (long i = 0; i < records; i++) {
      sum += counts.merge(i % keys, 1L, Long::sum);
      passed += i % Input.LEFT_OUT_EVERY == Input.LEFT_OUT_EVERY - 1 ? 0 : 1;
    }

    Input input = new Input(keys, 16);

    assertThat(input.expected(Work.COUNT, records)).isEqualTo(new Expected(records, sum));
    assertThat(input.expected(Work.STATELESS, records)).isEqualTo(new Expected(passed, 0));
  }
}
