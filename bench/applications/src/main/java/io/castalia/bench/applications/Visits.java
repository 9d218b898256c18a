package io.castalia.bench.applications;

import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.JoinWindows;
import io.castalia.streams.processing.KStream;
import io.castalia.streams.processing.Produced;
import io.castalia.streams.processing.StreamJoined;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.Topology;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * A windowed join: requests for pages with those for assets by the same client, soon before or
 * after.
 */
final class Visits {
  private static final Serde<String> STRINGS = Serdes.String();

  private Visits() {}

  static Topology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, String> pages =
        builder.stream(VisitTopics.PAGES, Consumed.with(STRINGS, STRINGS));
    KStream<String, String> assets =
        builder.stream(VisitTopics.ASSETS, Consumed.with(STRINGS, STRINGS));
    pages
        .leftJoin(
            assets,
            VisitTopics::visit,
            JoinWindows.ofTimeDifferenceAndGrace(
                Duration.ofMillis(VisitTopics.WINDOW_MS), Duration.ofMillis(VisitTopics.GRACE_MS)),
            StreamJoined.with(STRINGS, STRINGS, STRINGS))
        .to(VisitTopics.VISITS, Produced.with(STRINGS, STRINGS));
    return builder.build();
  }
}
