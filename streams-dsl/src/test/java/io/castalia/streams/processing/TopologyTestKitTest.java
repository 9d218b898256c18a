package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.STRINGS;
import static io.castalia.streams.processing.Bench.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.api.Header;
import io.castalia.streams.processing.test.TestInputTopic;
import io.castalia.streams.processing.test.TestOutputTopic;
import io.castalia.streams.processing.test.TopologyTestKit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** What a test of a topology can put in and take out. */
class TopologyTestKitTest {
  private static final Header ORIGIN = new Header("origin", ByteString.fromString("test"));

  private static TopologyTestKit kit(Serde<String> values) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("in", TEXT).toTable(Materialized.as("last"));
    builder.stream("words", Consumed.with(STRINGS, values))
        .mapValues(value -> value)
        .to("out", Produced.with(STRINGS, values));
    return TopologyTestKit.of(builder.build());
  }

  private static TestInputTopic<String, String> input(TopologyTestKit kit) {
    return kit.createInputTopic("words", STRINGS.serializer(), STRINGS.serializer());
  }

  private static TestOutputTopic<String, String> output(TopologyTestKit kit) {
    return kit.createOutputTopic("out", STRINGS.deserializer(), STRINGS.deserializer());
  }

  @Test
  void shouldGiveRecordsOneByOne() {
    TopologyTestKit kit = kit(STRINGS);
    TestOutputTopic<String, String> out = output(kit);

    input(kit).pipeInput("lonely");
    input(kit).pipeInput("a", "x", 3);
    input(kit).pipeInput("b", "y");

    assertThat(out.getQueueSize()).isEqualTo(3);
    assertThat(out.readValue()).isEqualTo("lonely");
    assertThat(out.readRecord()).isEqualTo(new StreamRecord<>("a", "x", 3, List.of()));
    assertThat(out.readKeyValue()).isEqualTo(KeyValue.pair("b", "y"));
    assertThatThrownBy(out::readRecord)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage(
            "expected one more record in \"out\", but there were 3, and all have been taken");
  }

  @Test
  void shouldGiveAllRecordsAtOnce() {
    TopologyTestKit kit = kit(STRINGS);
    TestOutputTopic<String, String> out = output(kit);

    input(kit).pipeValueList(List.of("x", "y"));
    assertThat(out.readValuesToList()).containsExactly("x", "y");

    input(kit)
        .pipeKeyValueList(
            List.of(
                KeyValue.pair("a", "1"),
                KeyValue.pair("b", "2"),
                KeyValue.pair("a", "3"),
                KeyValue.pair("b", null)));
    Map<String, String> last = new HashMap<>(Map.of("a", "3"));
    last.put("b", null);
    assertThat(out.readKeyValuesToMap()).isEqualTo(last);
  }

  @Test
  void shouldTakeRecordsWithHeaders() {
    TopologyTestKit kit = kit(STRINGS);

    input(kit).pipeInput(new StreamRecord<>("a", "x", 5, List.of(ORIGIN)));

    assertThat(output(kit).readRecord())
        .isEqualTo(new StreamRecord<>("a", "x", 5, List.of(ORIGIN)));
  }

  /** As serializers do that write down in a header what a value is. */
  @Test
  void shouldLetSerializersAddHeaders() {
    TopologyTestKit kit = kit(Serdes.serdeFrom(new Typed(), STRINGS.deserializer()));

    input(kit).pipeInput(new StreamRecord<>("a", "x", 5, List.of(ORIGIN)));

    assertThat(output(kit).readRecord().headers())
        .containsExactly(ORIGIN, new Header("type", ByteString.fromString("text")));
  }

  private static final class Typed implements Serializer<String> {
    @Override
    public byte[] serialize(String topic, String data) {
      return data.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] serialize(String topic, Headers headers, String data) {
      headers.add("type", "text".getBytes(StandardCharsets.UTF_8));
      return serialize(topic, data);
    }
  }

  @Test
  void shouldRefuseWhatTheTopologyDoesNotHave() {
    TopologyTestKit kit = kit(STRINGS);

    assertThatThrownBy(() -> kit.createInputTopic("ni", STRINGS.serializer(), STRINGS.serializer()))
        .hasMessage(
            "expected a topic that the topology reads, one of [in, words], but it was \"ni\"");
    assertThatThrownBy(
            () -> kit.createOutputTopic("in", STRINGS.deserializer(), STRINGS.deserializer()))
        .hasMessage("expected a topic that the topology writes, one of [out], but it was \"in\"");
    assertThatThrownBy(() -> kit.getKeyValueStore("least"))
        .hasMessage("expected a store of the topology, one of [last], but it was \"least\"");
    assertThatThrownBy(() -> kit.advanceWallClockTime(Duration.ofMillis(-1)))
        .hasMessage("expected time that passes, but it was PT-0.001S");
  }

  @Test
  void shouldReadARangeOfAStore() {
    Bench bench =
        new Bench(
            builder ->
                builder.table("in", TEXT, Materialized.as("rows")).toStream().to("out", AS_TEXT));

    bench.in("in", "a=1", "b=2", "c=3", "d=4", "c=-");

    assertThat(bench.kit().<String, String>getKeyValueStore("rows").range("b", "d"))
        .containsExactly(KeyValue.pair("b", "2"), KeyValue.pair("d", "4"));
    assertThat(bench.kit().<String, String>getKeyValueStore("rows").range("d", "b")).isEmpty();
  }
}
