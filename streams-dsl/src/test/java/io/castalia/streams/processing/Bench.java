package io.castalia.streams.processing;

import io.castalia.streams.processing.test.TestInputTopic;
import io.castalia.streams.processing.test.TopologyTestKit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** Topologies of strings: records are written {@code key=value@time}, null as {@code -}. */
final class Bench {
  static final Serde<String> STRINGS = Serdes.String();
  static final Consumed<String, String> TEXT = Consumed.with(STRINGS, STRINGS);
  static final Produced<String, String> AS_TEXT = Produced.with(STRINGS, STRINGS);
  static final Grouped<String, String> BY_TEXT = Grouped.with(STRINGS, STRINGS);

  private final TopologyTestKit kit;

  Bench(Consumer<StreamsBuilder> topology) {
    this(topology, ErrorPolicy.fail());
  }

  Bench(Consumer<StreamsBuilder> topology, ErrorPolicy errors) {
    StreamsBuilder builder = new StreamsBuilder();
    topology.accept(builder);
    kit = TopologyTestKit.of(builder.build(), errors, Instant.EPOCH);
  }

  TopologyTestKit kit() {
    return kit;
  }

  /** Puts records into a topic. */
  Bench in(String topic, String... records) {
    TestInputTopic<String, String> input =
        kit.createInputTopic(topic, STRINGS.serializer(), STRINGS.serializer());
    for (String record : records) {
      int at = record.lastIndexOf('@');
      long time = at < 0 ? 0 : Long.parseLong(record.substring(at + 1));
      String[] pair = (at < 0 ? record : record.substring(0, at)).split("=", 2);
      input.pipeInput(orNull(pair[0]), orNull(pair[1]), time);
    }
    return this;
  }

  private static @Nullable String orNull(String text) {
    return text.equals("-") ? null : text;
  }

  /** All that a topic has, with times. */
  List<String> timed(String topic) {
    return records(topic).stream()
        .map(record -> text(record.key(), record.value()) + "@" + record.timestamp())
        .toList();
  }

  /** All that a topic has. */
  List<String> out(String topic) {
    return records(topic).stream().map(record -> text(record.key(), record.value())).toList();
  }

  private List<StreamRecord<String, String>> records(String topic) {
    return new ArrayList<>(
        kit.createOutputTopic(topic, STRINGS.deserializer(), STRINGS.deserializer())
            .readRecordsToList());
  }

  private static String text(@Nullable String key, @Nullable String value) {
    return (key == null ? "-" : key) + "=" + (value == null ? "-" : value);
  }

  /** The windows of a table as text: {@code key[start,end]}. */
  static <V> void writeWindows(KTable<Windowed<String>, V> table, String topic) {
    table
        .toStream()
        .map(
            (windowed, value) ->
                KeyValue.pair(
                    "%s[%d,%d]"
                        .formatted(
                            windowed.key(), windowed.window().start(), windowed.window().end()),
                    value == null ? null : value.toString()))
        .to(topic, AS_TEXT);
  }
}
