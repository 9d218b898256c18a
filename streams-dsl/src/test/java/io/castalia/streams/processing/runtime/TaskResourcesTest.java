package io.castalia.streams.processing.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.castalia.api.BrokerCommand.FindOffset;
import io.castalia.api.CastaliaClient;
import io.castalia.streams.OffsetReset;
import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.internal.TaskShape;
import io.castalia.streams.processing.runtime.ProcessingSettings.Limits;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Where tasks begin that have never run. */
class TaskResourcesTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final TaskId TASK = new TaskId(0, 1);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /** An application that began when the topic had so many partitions. */
  private static TaskShape began(int partitions) {
    return new TaskShape(Map.of("in", partitions), Map.of());
  }

  private static TaskResources reading(OffsetReset reset) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            "in", Consumed.with(Serdes.String(), Serdes.String()).withOffsetResetPolicy(reset))
        .peek((key, value) -> {});
    return new TaskResources(
        new ProcessingSettings(
            "app", ErrorPolicy.fail(), Optional.empty(), Limits.of(ConfigFactory.load())),
        builder.build().graph().subTopologies(),
        TopicCounts.of(Map.of("in", 3)),
        ApplicationRecord.NONE,
        CastaliaClient.create(KIT.system(), Duration.ofSeconds(1)),
        Clock.systemUTC());
  }

  @Test
  void shouldBeginWhereTheTopicIsToBeRead() {
    TopicPartition own = new TopicPartition("in", 1);

    assertThat(reading(OffsetReset.EARLIEST).inputs(TASK, TaskShape.NONE))
        .isEqualTo(Map.of(own, FindOffset.EARLIEST));
    assertThat(reading(OffsetReset.LATEST).inputs(TASK, TaskShape.NONE))
        .isEqualTo(Map.of(own, FindOffset.LATEST));
    assertThat(reading(OffsetReset.LATEST).refusal(TASK, TaskShape.NONE)).isEmpty();
  }

  @Test
  void shouldRefuseToBeginWhereAnApplicationIsToGoOnOnly() {
    assertThat(reading(OffsetReset.NONE).refusal(TASK, TaskShape.NONE))
        .contains(
            "expected \"app\" to have read \"in\" before, as OffsetReset.NONE says, but this task"
                + " has never run");
  }

  @Test
  void shouldReadAnAddedPartitionFromItsFirstRecordOn() {
    TopicPartition own = new TopicPartition("in", 1);

    assertThat(reading(OffsetReset.LATEST).inputs(TASK, began(1)))
        .isEqualTo(Map.of(own, FindOffset.EARLIEST));
    assertThat(reading(OffsetReset.LATEST).inputs(TASK, began(3)))
        .isEqualTo(Map.of(own, FindOffset.LATEST));
    assertThat(reading(OffsetReset.NONE).refusal(TASK, began(1))).isEmpty();
    assertThat(reading(OffsetReset.NONE).refusal(TASK, began(3))).isPresent();
    assertThat(reading(OffsetReset.LATEST).added(TASK, Set.of()))
        .isEqualTo(Map.of(own, FindOffset.EARLIEST));
    assertThat(reading(OffsetReset.LATEST).added(TASK, Set.of(own))).isEmpty();
  }

  @Test
  void shouldKnowItsTasks() {
    assertThat(reading(OffsetReset.EARLIEST).has(new TaskId(0, 2))).isTrue();
    assertThat(reading(OffsetReset.EARLIEST).has(new TaskId(0, 3))).isFalse();
    assertThat(reading(OffsetReset.EARLIEST).has(new TaskId(1, 0))).isFalse();
  }
}
