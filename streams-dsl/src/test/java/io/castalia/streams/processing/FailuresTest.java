package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.STRINGS;
import static io.castalia.streams.processing.Bench.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.api.Header;
import io.castalia.streams.processing.state.Stores;
import io.castalia.streams.processing.test.TopologyTestKit;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.pekko.util.ByteString;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

  /** Tells counts of windows that have closed, and fails on some. */
  private static void closing(StreamsBuilder builder) {
    builder.stream("in", TEXT)
        .groupByKey()
        .windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofMillis(10)))
        .count()
        .suppress(Suppressed.untilWindowCloses())
        .toStream()
        .map((window, count) -> KeyValue.pair(window.key(), orFail(count)))
        .to("out", AS_TEXT);
  }

  private static final String[] WINDOWS = {"a=x@1", "b=x@1", "b=x@2", "c=x@3"};

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

  /** The record that closes windows has no part in what they are. */
  @ParameterizedTest
  @MethodSource("lenient")
  void shouldPassOverTheWindowThatFailsWhenItCloses(ErrorPolicy errors) {
    Bench bench = new Bench(FailuresTest::closing, errors);

    bench.in("in", WINDOWS).in("in", "d=x@10", "e=x@20");

    assertThat(bench.out("out")).containsExactly("a=1", "c=1", "d=1");
    if (errors instanceof ErrorPolicy.DeadLetter letter) {
      assertThat(bench.out(letter.topic())).isEmpty();
    }
    assertThat(bench.kit().dropped())
        .containsOnly(Map.entry("map-1: skipped after java.lang.IllegalStateException", 1L));
  }

  private static List<ErrorPolicy> lenient() {
    return List.of(ErrorPolicy.skip(), ErrorPolicy.deadLetter("dead"));
  }

  @Test
  void shouldNotGoOnBeforeAllWindowsAreTold() {
    Bench bench = new Bench(FailuresTest::closing);
    bench.in("in", WINDOWS);
    String message =
        "What is due by time could not be done: \"map-1\" failed with"
            + " java.lang.IllegalStateException: no poison";

    assertThatThrownBy(() -> bench.in("in", "d=x@10")).hasMessage(message);
    assertThatThrownBy(() -> bench.in("in", "d=x@11")).hasMessage(message);

    assertThat(bench.out("out")).isEmpty();
  }

  @Test
  void shouldFailOnARecordOfWhichTooMuchFollows() {
    Bench bench =
        new Bench(
            builder ->
                builder.stream("in", TEXT)
                    .flatMapValues(value -> Collections.nCopies(9, value.repeat(1024 * 1024)))
                    .to("out", AS_TEXT));

    assertThatThrownBy(() -> bench.in("in", "a=x"))
        .hasMessageContaining("at offset 0 of \"in-0\"")
        .hasRootCauseMessage(
            "expected no more than 8388608 bytes of changes and results of one record, which are"
                + " journaled as a whole, but there are more: forward less at a time");
    assertThat(bench.out("out")).isEmpty();
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
    stream.groupBy((k, v) -> v, Grouped.with("by-word", STRINGS, STRINGS));
    assertThatThrownBy(() -> stream.groupBy((k, v) -> v, Grouped.with("by-word", STRINGS, STRINGS)))
        .hasMessageEndingWith("with different names, but two need \"by-word-repartition\"");
    assertThatThrownBy(() -> stream.groupByKey().count().suppress(Suppressed.untilWindowCloses()))
        .hasMessageContaining("expected a table of windows");
  }

  static Stream<Arguments> nulls() {
    return Stream.of(
        Arguments.of(
            "a pair of a key and a value, but it was null",
            (Consumer<KStream<String, String>>)
                in -> in.map((k, v) -> FailuresTest.<KeyValue<String, String>>nothing())),
        Arguments.of(
            "a list, which may be empty, but it was null",
            (Consumer<KStream<String, String>>)
                in -> in.flatMapValues(v -> FailuresTest.<List<String>>nothing())),
        Arguments.of(
            "a list, which may be empty, but it was null",
            (Consumer<KStream<String, String>>)
                in ->
                    in.flatMap((k, v) -> FailuresTest.<List<KeyValue<String, String>>>nothing())));
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what users' mappers may give
  private static <T> T nothing() {
    return null;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nulls")
  void shouldSayWhatAMapperShouldHaveGiven(
      String expected, Consumer<KStream<String, String>> operator) {
    Bench bench = new Bench(builder -> operator.accept(builder.stream("in", TEXT)));

    assertThatThrownBy(() -> bench.in("in", "a=x")).hasRootCauseMessage("expected " + expected);
  }

  @Test
  void shouldRefuseTopicsThatCannotBe() {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, String> stream = builder.stream("in", TEXT);
    String expected =
        "expected a topic's name of at most 249 letters, digits, \".\", \"_\" and \"-\", but it"
            + " was";

    assertThatThrownBy(() -> builder.stream(" in", TEXT)).hasMessage(expected + " \" in\"");
    assertThatThrownBy(() -> stream.to("..", AS_TEXT)).hasMessage(expected + " \"..\"");
    assertThatThrownBy(
            () -> stream.groupBy((k, v) -> v, Grouped.with("by word", STRINGS, STRINGS)).count())
        .hasMessage(expected + " \"by word-repartition\"");
    assertThatThrownBy(() -> builder.stream(List.of(), TEXT))
        .hasMessage("expected at least one topic to read, but it was none");
  }

  @Test
  void shouldRefuseWhatBelongsToAnotherBuilder() {
    KStream<String, String> stream = new StreamsBuilder().stream("in", TEXT);
    StreamsBuilder other = new StreamsBuilder();
    KStream<String, String> theirs = other.stream("theirs", TEXT);
    KTable<String, String> table = other.table("table", TEXT);
    GlobalKTable<String, String> global = other.globalTable("global", TEXT);
    JoinWindows windows = JoinWindows.ofTimeDifferenceWithNoGrace(Duration.ofMillis(1));

    assertThat(
            List.<ThrowingCallable>of(
                () -> stream.merge(theirs),
                () ->
                    stream.join(
                        theirs, (l, r) -> l, windows, StreamJoined.with(STRINGS, STRINGS, STRINGS)),
                () -> stream.join(table, (l, r) -> l, Joined.with(STRINGS, STRINGS)),
                () -> stream.join(global, (k, v) -> k, (l, r) -> l),
                () ->
                    stream
                        .toTable(Materialized.as("own"))
                        .join(table, (l, r) -> l, Materialized.with(STRINGS, STRINGS))))
        .allSatisfy(
            mixing ->
                assertThatThrownBy(mixing)
                    .isInstanceOf(TopologyException.class)
                    .hasMessageStartingWith("expected streams and tables of one builder, but"));
  }

  @Test
  void shouldRefuseWindowsThatCannotBe() {
    assertThatThrownBy(() -> new TimeWindows(0, 0, 0)).hasMessageEndingWith("0, 0 and 0 ms");
    assertThatThrownBy(() -> new SlidingWindows(1, -1)).hasMessageEndingWith("1 and -1 ms");
    assertThatThrownBy(() -> new SessionWindows(0, 0)).hasMessageEndingWith("0 and 0 ms");
    assertThatThrownBy(() -> new JoinWindows(1, -1, 0)).hasMessageEndingWith("1, -1 and 0 ms");
    assertThatThrownBy(
            () ->
                TimeWindows.ofSizeAndGrace(Duration.ofMillis(1), Duration.ofMillis(Long.MAX_VALUE)))
        .hasMessageStartingWith("expected a grace period of at most 365000 days, but it was PT");
    assertThatThrownBy(() -> Materialized.as("s").withRetention(Duration.ofMillis(-1)))
        .hasMessageStartingWith("expected a retention that is not negative");
    assertThatThrownBy(() -> Stores.windowStore("s", STRINGS, STRINGS, Duration.ofMillis(-1)))
        .hasMessage("expected a retention of \"s\" that is not negative, but it was -1 ms");
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
