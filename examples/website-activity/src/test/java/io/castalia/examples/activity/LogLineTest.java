package io.castalia.examples.activity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {
  private static final String BEFORE = "10.0.0.7 - ada [17/May/2015:10:05:03 +0000] ";

  @Test
  void shouldReadTheCombinedFormat() {
    String line = BEFORE + "\"GET /blog/?page=2 HTTP/1.1\" 404 203 \"-\" \"Mozilla/5.0\"";

    assertThat(LogLine.parse(line)).contains(new LogLine("10.0.0.7", "/blog/", 404));
    assertThat(Question.PAGES.countedAs(line)).contains("/blog/");
    assertThat(Question.FAILURES.countedAs(line)).contains("404 /blog/");
  }

  @Test
  void shouldReadTheCommonFormat() {
    String line = BEFORE + "\"HEAD / HTTP/1.0\" 200 -";

    assertThat(LogLine.parse(line)).contains(new LogLine("10.0.0.7", "/", 200));
    assertThat(Question.FAILURES.countedAs(line)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.0.0.7", BEFORE + "\"GET / HTTP/1.1\" ok 1", "java.lang.Error: x"})
  void shouldCountNothingOfWhatIsNoRequest(String line) {
    assertThat(LogLine.parse(line)).isEmpty();
    assertThat(Question.PAGES.countedAs(line)).isEmpty();
  }

  @Test
  void shouldReadEveryLineOfTheShippedLog() throws Exception {
    AccessLog log = AccessLog.shipped();

    assertThat(log.lines()).hasSize(10_000).allMatch(line -> LogLine.parse(line).isPresent());
    assertThat(log.lines())
        .allMatch(
            line -> LogLine.parse(line).orElseThrow().client().equals(AccessLog.client(line)));
  }
}
