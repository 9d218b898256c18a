package io.castalia.examples.metrics;

import io.castalia.streams.JsonSerde;
import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.KStream;
import io.castalia.streams.processing.Materialized;
import io.castalia.streams.processing.Produced;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.Suppressed;
import io.castalia.streams.processing.TimeWindows;
import io.castalia.streams.processing.Topology;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Measurements, keyed by host, to what they come to in each minute; minutes in which a host was too
 * busy go to the topic of alerts as well.
 */
final class MetricsTopology {
  static final String MEASUREMENTS = "measurements";
  static final String MINUTES = "minutes";
  static final String ALERTS = "alerts";
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final long ALERT_PERCENT = 80;

  static final Serde<String> STRINGS = Serdes.String();
  static final Serde<Long> LONGS = Serdes.Long();
  static final Serde<Load> LOADS = JsonSerde.of(Load.class);

  private static final Duration GRACE = Duration.ofSeconds(10);

  private MetricsTopology() {}

  static Topology build() {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, Load> minutes =
        builder.stream(MEASUREMENTS, Consumed.with(STRINGS, LONGS))
            .groupByKey()
            .windowedBy(TimeWindows.ofSizeAndGrace(MINUTE, GRACE))
            .aggregate(
                () -> Load.NONE,
                (host, percent, load) -> load.and(percent),
                Materialized.as("loads", STRINGS, LOADS))
            .suppress(Suppressed.untilWindowCloses())
            .toStream()
            .selectKey((windowed, load) -> key(windowed.key(), windowed.window().start()));
    minutes.to(MINUTES, Produced.with(STRINGS, LOADS));
    minutes
        .filter((minute, load) -> load.exceeds(ALERT_PERCENT))
        .to(ALERTS, Produced.with(STRINGS, LOADS));
    return builder.build();
  }

  /** A host's minute. */
  static String key(String host, long beginning) {
    return host + " " + Instant.ofEpochMilli(beginning);
  }
}
