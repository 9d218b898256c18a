package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.STRINGS;
import static io.castalia.streams.processing.Bench.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;

/** Policies that make a difference between failures. */
class ErrorExceptionsTest {
  private static final Deserializer<Integer> PARSER =
      (topic, bytes) -> {
        try {
          return Integer.parseInt(new String(bytes, UTF_8));
        } catch (NumberFormatException e) {
          throw new SerializationException("no number", e);
        }
      };
  private static final Serde<Integer> NUMBERS =
      Serdes.serdeFrom((topic, number) -> number.toString().getBytes(UTF_8), PARSER);

  /** What is no number cannot be read, and there is nothing to divide by zero. */
  private static Bench dividing(ErrorPolicy errors) {
    return new Bench(
        builder ->
            builder.stream("in", Consumed.with(STRINGS, NUMBERS))
                .mapValues(number -> "" + 12 / number)
                .to("out", AS_TEXT),
        errors);
  }

  @Test
  void shouldTellRecordsThatCannotBeReadFromOthers() {
    Bench bench = dividing(ErrorPolicy.fail().except(Failure::reading, ErrorPolicy.skip()));

    bench.in("in", "a=3", "b=x", "c=4");

    assertThat(bench.out("out")).containsExactly("a=4", "c=3");
    assertThatThrownBy(() -> bench.in("in", "d=0")).hasRootCauseMessage("/ by zero");
  }

  @Test
  void shouldTellExceptionsFromOthersByWhatCausedThem() {
    Bench bench =
        dividing(
            ErrorPolicy.skip()
                .except(
                    failure -> failure.isCausedBy(NumberFormatException.class),
                    ErrorPolicy.deadLetter("dead")));

    bench.in("in", "a=x", "b=0", "c=4");

    assertThat(bench.out("dead")).containsExactly("a=x");
    assertThat(bench.out("out")).containsExactly("c=3");
    assertThat(bench.kit().dropped())
        .containsEntry("map-values-1: skipped after java.lang.ArithmeticException", 1L);
  }

  @Test
  void shouldAskTheLastExceptionFirst() {
    Bench bench =
        dividing(
            ErrorPolicy.fail()
                .except(failure -> true, ErrorPolicy.deadLetter("dead"))
                .except(Failure::reading, ErrorPolicy.deadLetter("unread")));

    bench.in("in", "a=x", "b=0");

    assertThat(bench.out("unread")).containsExactly("a=x");
    assertThat(bench.out("dead")).containsExactly("b=0");
  }

  @Test
  void shouldTellWhatHasFailedAndWhere() {
    List<Failure> failures = new ArrayList<>();
    Bench bench = dividing(ErrorPolicy.skip().except(failures::add, ErrorPolicy.skip()));

    bench.in("in", "a=3", "b=0", "c=x");

    Optional<TopicPartition> source = Optional.of(new TopicPartition("in", 0));
    assertThat(failures)
        .extracting(
            Failure::source, Failure::offset, Failure::operator, Failure::reading, Failure::cause)
        .satisfiesExactly(
            divided ->
                assertThat(divided.toList())
                    .startsWith(source, 1L, "map-values-1", false)
                    .last()
                    .isInstanceOf(ArithmeticException.class),
            read ->
                assertThat(read.toList())
                    .startsWith(source, 2L, "source-1", true)
                    .last()
                    .isInstanceOf(SerializationException.class));
  }

  @Test
  void shouldFailWhereThePolicyDoes() {
    Bench bench =
        dividing(
            ErrorPolicy.skip()
                .except(
                    failure -> {
                      throw new IllegalStateException("no idea");
                    },
                    ErrorPolicy.skip()));

    assertThatThrownBy(() -> bench.in("in", "a=0"))
        .hasMessageContaining("\"map-values-1\" failed with java.lang.ArithmeticException")
        .rootCause()
        .satisfies(
            cause ->
                assertThat(cause.getSuppressed())
                    .singleElement()
                    .hasToString("java.lang.IllegalStateException: no idea"));
  }

  /** Of what is due by time, too, where there is no record. */
  @Test
  void shouldMakeADifferenceInPunctuations() {
    Bench bench =
        new Bench(
            builder -> builder.stream("in", TEXT).process(() -> new Punctual()).to("out", AS_TEXT),
            ErrorPolicy.skip()
                .except(
                    failure ->
                        failure.source().isEmpty()
                            && failure.isCausedBy(UnsupportedOperationException.class),
                    ErrorPolicy.fail()));

    bench.in("in", "a=x@1", "b=y@15");

    assertThat(bench.kit().dropped())
        .containsEntry("process-1: skipped after java.lang.IllegalStateException", 1L);
    assertThatThrownBy(() -> bench.in("in", "a=z@25"))
        .hasMessageStartingWith("What is due by time could not be done: \"process-1\" failed");
  }

  /** Fails, each time in another way. */
  private static final class Punctual implements Processor<String, String, String, String> {
    @Override
    public void init(ProcessorContext<String, String> context) {
      context.schedule(
          Duration.ofMillis(10),
          PunctuationType.STREAM_TIME,
          time -> {
            if (time < 20) {
              throw new IllegalStateException("for the moment");
            }
            throw new UnsupportedOperationException("for ever");
          });
    }

    @Override
    public void process(StreamRecord<String, String> record) {}
  }
}
