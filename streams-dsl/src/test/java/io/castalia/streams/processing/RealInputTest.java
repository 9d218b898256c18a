package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.BY_TEXT;
import static io.castalia.streams.processing.Bench.STRINGS;
import static io.castalia.streams.processing.Bench.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.streams.processing.test.TestInputTopic;
import io.castalia.streams.processing.test.TopologyTestKit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A web server's log gives what a batch computation gives. */
class RealInputTest {
  private static final Path LOG =
      Path.of("../examples/website-activity/src/main/resources/access.log.gz");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);
  private static final int SOME = 1_500;
  private static final int MANY = 4_000;
  private static final Duration HOUR = Duration.ofHours(1);

  private static List<String> lines() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(LOG)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static List<String> words(String line) {
    return List.of(line.toLowerCase(Locale.ROOT).split("\\W+"));
  }

  private static String client(String line) {
    return line.substring(0, line.indexOf(' '));
  }

  private static long time(String line) {
    String text = line.substring(line.indexOf('[') + 1, line.indexOf(']'));
    return OffsetDateTime.parse(text, TIME).toInstant().toEpochMilli();
  }

  private static String name(@Nullable Windowed<String> key) {
    return key == null ? "no window" : key.key() + "@" + key.window().start();
  }

  @Test
  void shouldCountWords() throws IOException {
    List<String> lines = lines().subList(0, SOME);
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("lines", TEXT)
        .flatMapValues(RealInputTest::words)
        .groupBy((key, word) -> word, BY_TEXT)
        .count(Materialized.as("counts"));
    TopologyTestKit kit = TopologyTestKit.of(builder.build());
    TestInputTopic<String, String> input =
        kit.createInputTopic("lines", STRINGS.serializer(), STRINGS.serializer());

    lines.forEach(line -> input.pipeInput(null, line));

    Map<String, Long> expected =
        lines.stream()
            .flatMap(line -> words(line).stream())
            .collect(Collectors.groupingBy(word -> word, Collectors.counting()));
    assertThat(kit.<String, Long>getKeyValueStore("counts").all())
        .hasSizeGreaterThan(500)
        .allSatisfy(entry -> assertThat(entry.value()).isEqualTo(expected.get(entry.key())))
        .hasSameSizeAs(expected.keySet());
  }

  @Test
  void shouldCountRequestsOfClientsByTheHour() throws IOException {
    List<String> lines = lines().subList(0, MANY);
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("lines", TEXT.withTimestampExtractor(r -> time(String.valueOf(r.value()))))
        .groupBy((key, line) -> client(line), BY_TEXT)
        .windowedBy(TimeWindows.ofSizeAndGrace(HOUR, Duration.ofDays(7)))
        .count(Materialized.as("hourly"))
        .suppress(Suppressed.untilWindowCloses())
        .toStream()
        .to(
            "final",
            Produced.with(WindowedSerdes.timeWindowedSerdeFrom(STRINGS, HOUR), Serdes.Long()));
    TopologyTestKit kit = TopologyTestKit.of(builder.build());
    TestInputTopic<String, String> input =
        kit.createInputTopic("lines", STRINGS.serializer(), STRINGS.serializer());

    lines.forEach(line -> input.pipeInput(null, line));
    input.pipeInput(null, "end - - [17/May/2026:10:05:03 +0000]");

    Map<String, Long> expected = new HashMap<>();
    lines.forEach(
        line ->
            expected.merge(
                client(line) + "@" + time(line) / HOUR.toMillis() * HOUR.toMillis(),
                1L,
                Long::sum));
    Map<String, Long> results =
        kit
            .createOutputTopic(
                "final",
                WindowedSerdes.timeWindowedSerdeFrom(STRINGS, HOUR).deserializer(),
                Serdes.Long().deserializer())
            .readRecordsToList()
            .stream()
            .collect(Collectors.toMap(record -> name(record.key()), StreamRecord::value));
    assertThat(results).isEqualTo(expected);
    assertThat(kit.dropped()).isEmpty();
  }
}
