package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.TopicSettings;
import io.castalia.persistence.Segment;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RetentionTest {
  private static final long NOW = 1_000;
  private static final OptionalLong NOTHING = OptionalLong.empty();

  static Stream<Arguments> cases() {
    List<Segment> three =
        List.of(segment(1, 0, 10, 100), segment(2, 10, 20, 500), open(3, 20, 30, 900));
    return Stream.of(
        Arguments.of("nothing is old", time(900), 0, three, NOTHING),
        Arguments.of("exactly as old as allowed", time(900), 0, three, NOTHING),
        Arguments.of("the oldest is too old", time(899), 0, three, OptionalLong.of(10)),
        Arguments.of("all sealed are too old", time(499), 0, three, OptionalLong.of(20)),
        Arguments.of("the open one expires too", time(50), 0, three, OptionalLong.of(30)),
        Arguments.of("for ever", time(-1), 0, three, NOTHING),
        Arguments.of("a newer one shields later old ones", time(500), 0, shielded(), NOTHING),
        Arguments.of("no timestamps", time(1), 0, List.of(open(1, 0, 30, -1)), NOTHING),
        Arguments.of("size fits", size(3_000), 0, three, NOTHING),
        Arguments.of("one segment too many", size(2_000), 0, three, OptionalLong.of(10)),
        Arguments.of("not quite one too many", size(2_001), 0, three, NOTHING),
        Arguments.of("the open one stays", size(0), 0, three, OptionalLong.of(20)),
        Arguments.of("space below the log start", time(-1), 10, three, OptionalLong.of(10)),
        Arguments.of("partly below the log start", time(-1), 9, three, NOTHING),
        Arguments.of(
            "compacted only",
            Map.of("cleanup.policy", "compact", "retention.ms", "1"),
            0,
            three,
            NOTHING),
        Arguments.of("all gone before", time(1), 30, List.of(open(3, 20, 30, 900)), NOTHING),
        Arguments.of("no segments", time(1), 0, List.of(), NOTHING));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void shouldMoveLogStart(
      String name,
      Map<String, String> configs,
      long logStart,
      List<Segment> segments,
      OptionalLong expected) {
    TopicSettings settings =
        TopicSettings.of(new TopicDescription("t", Uuid.ONE_UUID, 1, configs), Map.of());
    PartitionState state =
        new PartitionState(logStart, 30, EpochStarts.NONE, Producers.NONE, TimestampMark.NONE);

    assertThat(Retention.newLogStart(state, segments, settings, NOW)).as(name).isEqualTo(expected);
  }

  private static List<Segment> shielded() {
    return List.of(segment(1, 0, 10, 800), segment(2, 10, 20, 100), open(3, 20, 30, 900));
  }

  private static Map<String, String> time(long ms) {
    return Map.of("retention.ms", String.valueOf(ms));
  }

  private static Map<String, String> size(long bytes) {
    return Map.of("retention.ms", "-1", "retention.bytes", String.valueOf(bytes));
  }

  private static Segment segment(long number, long first, long next, long timestamp) {
    return new Segment(number, 1, first, next, 1_000, timestamp, true);
  }

  private static Segment open(long number, long first, long next, long timestamp) {
    return new Segment(number, 1, first, next, 1_000, timestamp, false);
  }
}
