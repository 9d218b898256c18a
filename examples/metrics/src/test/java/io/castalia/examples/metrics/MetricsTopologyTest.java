package io.castalia.examples.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.streams.processing.KeyValue;
import io.castalia.streams.processing.test.TestInputTopic;
import io.castalia.streams.processing.test.TestOutputTopic;
import io.castalia.streams.processing.test.TopologyTestKit;
import org.junit.jupiter.api.Test;

class MetricsTopologyTest {
  private static final String FIRST_MINUTE = "web 1970-01-01T00:00:00Z";

  private final TopologyTestKit kit = TopologyTestKit.of(MetricsTopology.build());
  private final TestInputTopic<String, Long> measurements =
      kit.createInputTopic(
          MetricsTopology.MEASUREMENTS,
          MetricsTopology.STRINGS.serializer(),
          MetricsTopology.LONGS.serializer());
  private final TestOutputTopic<String, Load> minutes = output(MetricsTopology.MINUTES);
  private final TestOutputTopic<String, Load> alerts = output(MetricsTopology.ALERTS);

  private TestOutputTopic<String, Load> output(String topic) {
    return kit.createOutputTopic(
        topic, MetricsTopology.STRINGS.deserializer(), MetricsTopology.LOADS.deserializer());
  }

  @Test
  void shouldGiveOneResultWhenAMinuteAndItsGraceAreOver() {
    measurements.pipeInput("web", 30L, 1_000);
    measurements.pipeInput("web", 10L, 62_000);
    measurements.pipeInput("web", 50L, 59_000);
    assertThat(minutes.isEmpty()).isTrue();

    measurements.pipeInput("web", 10L, 70_000);

    assertThat(minutes.readKeyValuesToList())
        .containsExactly(new KeyValue<>(FIRST_MINUTE, new Load(2, 80, 50)));
    assertThat(alerts.isEmpty()).isTrue();
  }

  @Test
  void shouldAlertWhenTheMeanIsTooHigh() {
    measurements.pipeInput("web", 81L, 1_000);
    measurements.pipeInput("db", 80L, 1_000);
    measurements.pipeInput("web", 0L, 70_000);

    assertThat(alerts.readKeyValuesToList())
        .containsExactly(new KeyValue<>(FIRST_MINUTE, new Load(1, 81, 81)));
  }
}
