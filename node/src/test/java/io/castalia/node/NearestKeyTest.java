package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestKeyTest {
  private static final List<String> KNOWN =
      List.of("a.port", "a.host", "a.pork", "b.port", "b.c.read-cache-bytes");

  @ParameterizedTest
  @CsvSource({
    "a.prot, a.port",
    "b.prot, b.port",
    "a.hots, a.host",
    "b.c.read-cash-bytes, b.c.read-cache-bytes",
    "a.read-cache-bytes, b.c.read-cache-bytes",
    "b.host, a.host",
  })
  void shouldFindTheSameNameElsewhereAndElseTheNearestOfTheSection(String unknown, String meant) {
    assertThat(NearestKey.to(unknown, KNOWN)).contains(meant);
  }

  @Test
  void shouldNotGuessWhatNobodyMeant() {
    assertThat(NearestKey.to("a.colour", KNOWN)).isEmpty();
  }
}
