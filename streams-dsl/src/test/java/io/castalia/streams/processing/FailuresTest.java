package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.STRINGS;
import static io.castalia.streams.processing.Bench.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.api.Header;
import io.castalia.streams.processing.test.TopologyTestKit;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** Records that cannot be processed, and topologies that cannot work. */
class FailuresTest {
  private static final String POISON = "poison";

  /** Counts, then fails on poison: so that the count must be taken back. */
  private static void counting(StreamsBuilder builder) {
    builder.stream("in", TEXT)
        .groupByKey()
        .count(Materialized.as("counts"))
        .toStream()
        .mapValues(FailuresTest::orFail)
        .to("out", AS_TEXT);
  }

  private static String orFail(Long count) {
    if (count == 2) {
      throw new IllegalStateException("no " + POISON);
    }
    return count.toString();
  }

  @Test
  void shouldFailWithAMessageThatSaysWhere() {
    Bench bench = new Bench(FailuresTest::counting);
    bench.in("in", "a=x");

    assertThatThrownBy(() -> bench.in("in", "a=x"))
        .hasMessage(
            "The record at offset 1 of \"in-0\" could not be processed: \"map-values-1\" failed"
                + " with java.lang.IllegalStateException: no poison");
    assertThat(bench.kit().<String, Long>getKeyValueStore("counts").get("a")).isEqualTo(1);
  }

  @Test
  void shouldSkipARecordWithAllThatItDid() {
    Bench bench = new Bench(FailuresTest::counting, ErrorPolicy.skip());

    bench.in("in", "a=x", "a=x", "b=x", "a=x");

    assertThat(bench.out("out")).containsExactly("a=1", "b=1");
    assertThat(bench.kit().<String, Long>getKeyValueStore("counts").get("a")).isEqualTo(1);
    assertThat(bench.kit().dropped())
        .containsEntry("map-values-1: skipped after java.lang.IllegalStateException", 2L);
  }

  @Test
  void shouldPutFailedRecordsOnADeadLetterTopic() {
    Bench bench = new Bench(FailuresTest::counting, ErrorPolicy.deadLetter("dead"));

    bench.in("in", "a=x@3", "a=y@7");

    StreamRecord<String, String> dead =
        bench
            .kit()
            .createOutputTopic("dead", STRINGS.deserializer(), STRINGS.deserializer())
            .readRecordsToList()
            .get(0);
    assertThat(dead.key()).isEqualTo("a");
    assertThat(dead.value()).isEqualTo("y");
    assertThat(dead.timestamp()).isEqualTo(7);
    assertThat(dead.headers().stream().map(FailuresTest::text))
        .containsExactly(
            "__connect.errors.exception.class.name=java.lang.IllegalStateException",
            "__connect.errors.exception.message=no poison",
            "__connect.errors.topic=in",
            "__connect.errors.partition=0",
            "__connect.errors.offset=1");
  }

  private static String text(Header header) {
    ByteString value = header.value();
    return header.name() + "=" + (value == null ? "-" : value.utf8String());
  }

  @Test
  void shouldTreatBytesThatAreNoRecordAlike() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("in", Consumed.with(STRINGS, Serdes.Long()))
        .mapValues(String::valueOf)
        .to("out", AS_TEXT);
    TopologyTestKit strict = TopologyTestKit.of(builder.build());
    TopologyTestKit lenient =
        TopologyTestKit.of(builder.build(), ErrorPolicy.skip(), Instant.EPOCH);

    assertThatThrownBy(() -> pipe(strict))
        .hasMessageContaining("at offset 0 of \"in-0\"")
        .hasMessageContaining("\"source-1\"")
        .hasCauseInstanceOf(SerializationException.class);
    pipe(lenient);
    assertThat(lenient.dropped()).hasSize(1);
  }

  private static void pipe(TopologyTestKit kit) {
    kit.createInputTopic("in", STRINGS.serializer(), STRINGS.serializer())
        .pipeInput("a", "not eight bytes");
  }

  @Test
  void shouldRefuseTopologiesThatCannotWork() {
    StreamsBuilder builder = new StreamsBuilder();
    assertThatThrownBy(builder::build).hasMessageContaining("it reads none");
    KStream<String, String> stream = builder.stream("in", TEXT);

    assertThatThrownBy(() -> builder.table("in", TEXT))
        .isInstanceOf(TopologyException.class)
        .hasMessageContaining("\"in\" is read twice");
    assertThatThrownBy(() -> stream.map((k, v) -> KeyValue.pair(v, k)).groupByKey())
        .hasMessageContaining("expected a serde for the keys of \"group-1\"");
    assertThatThrownBy(
            () ->
                stream
                    .groupByKey()
                    .<String>aggregate(() -> "", (k, v, a) -> a, Materialized.as("values")))
        .hasMessageContaining("expected a serde for the values of \"values\"");
    stream.groupByKey().count(Materialized.as("twice"));
    assertThatThrownBy(() -> stream.groupByKey().count(Materialized.as("twice")))
        .hasMessageContaining("two are called \"twice\"");
    assertThatThrownBy(() -> stream.groupByKey().count().suppress(Suppressed.untilWindowCloses()))
        .hasMessageContaining("expected a table of windows");
  }

  @Test
  void shouldRefuseWindowsThatCannotBe() {
    assertThatThrownBy(() -> TimeWindows.ofSizeWithNoGrace(Duration.ZERO))
        .hasMessageContaining("expected a size of windows of at least 1 ms");
    assertThatThrownBy(
            () ->
                TimeWindows.ofSizeWithNoGrace(Duration.ofMillis(5)).advanceBy(Duration.ofMillis(6)))
        .hasMessageContaining("at most their size of 5 ms, but it was 6 ms");
    assertThatThrownBy(
            () ->
                SlidingWindows.ofTimeDifferenceAndGrace(
                    Duration.ofMillis(5), Duration.ofMillis(-1)))
        .hasMessageContaining("a grace period that is not negative");
  }
}
