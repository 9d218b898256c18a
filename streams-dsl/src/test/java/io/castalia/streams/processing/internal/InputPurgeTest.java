package io.castalia.streams.processing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Records that have been read are deleted, many at once, and of the application's topics only. */
class InputPurgeTest {
  private static final TopicPartition OWN = new TopicPartition("app-repartition", 0);
  private static final TopicPartition FOREIGN = new TopicPartition("in", 0);

  private final InputPurge purge = new InputPurge(Set.of(OWN), 100);

  @Test
  void shouldDeleteWhatHasBeenReadOfItsOwnTopics() {
    assertThat(purge.due(Map.of(OWN, 99L, FOREIGN, 500L))).isEmpty();
    assertThat(purge.due(Map.of(OWN, 105L, FOREIGN, 500L))).isEqualTo(Map.of(OWN, 105L));
    assertThat(purge.due(Map.of(OWN, 204L))).isEmpty();
    assertThat(purge.due(Map.of(OWN, 205L))).isEqualTo(Map.of(OWN, 205L));
  }
}
