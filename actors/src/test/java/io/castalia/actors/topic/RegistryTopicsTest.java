package io.castalia.actors.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.persistence.FencedException;
import io.castalia.persistence.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

class RegistryTopicsTest extends RegistryNode {
  @Test
  void shouldShowATopicAsSoonAsItIsCreated() {
    TopicResult result = join(topics.create("t", -1, Map.of("retention.ms", "5"), false));

    assertThat(result.error()).isEqualTo(Errors.NONE);
    TopicDescription topic = topics.catalog().byName("t").orElseThrow();
    assertThat(result.topic()).contains(topic);
    assertThat(topic.partitions()).isEqualTo(4);
    assertThat(topics.catalog().byId(topic.id())).contains(topic);
    assertThat(join(topics.create("t", 1, Map.of(), false)).error())
        .isEqualTo(Errors.TOPIC_ALREADY_EXISTS);
  }

  @Test
  void shouldNotRefuseWhatAnotherRegistryMayKnowBetter() {
    create("t", 1);
    logs.confirmation =
        CompletableFuture.failedFuture(new StoreUnavailableException("the store is away"));

    assertThat(join(topics.create("t", 1, Map.of(), false)).error())
        .isEqualTo(Errors.REQUEST_TIMED_OUT);
    assertThat(join(topics.create("u", 1, Map.of(), true)).error())
        .isEqualTo(Errors.REQUEST_TIMED_OUT);
    assertThat(join(topics.create("u", 1, Map.of(), false)).error()).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldStartAnewWhenItsLogHasAnotherOwner() {
    create("t", 1);
    logs.confirmation = CompletableFuture.failedFuture(new FencedException("taken"));

    assertThat(join(topics.create("t", 1, Map.of(), false)).error())
        .isEqualTo(Errors.REQUEST_TIMED_OUT);

    logs.confirmation = CompletableFuture.completedFuture(Done.getInstance());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(join(topics.create("t", 1, Map.of(), false)).error())
                    .isEqualTo(Errors.TOPIC_ALREADY_EXISTS));
  }

  @Test
  void shouldOnlyValidateWhenAsked() {
    assertThat(join(topics.create("t", 1, Map.of(), true)).error()).isEqualTo(Errors.NONE);
    assertThat(join(topics.create("t", 1, Map.of("x", "y"), true)).error())
        .isEqualTo(Errors.INVALID_CONFIG);
    assertThat(topics.catalog().all()).isEmpty();
  }

  @Test
  void shouldRememberEverythingAcrossARestart() {
    String clusterId = topics.clusterId();
    TopicDescription kept = create("kept", 2);
    join(topics.createPartitions("kept", 3, false));
    join(
        topics.alterConfigs(
            "kept",
            List.of(new ConfigChange("retention.ms", ConfigChange.Operation.SET, "7")),
            false));
    join(
        topics.alterBrokerConfigs(
            List.of(new ConfigChange("log.retention.ms", ConfigChange.Operation.SET, "8")), false));
    long producerId = join(topics.nextProducerId());

    restart();

    assertThat(topics.clusterId()).isEqualTo(clusterId);
    assertThat(topics.catalog().all())
        .containsExactly(new TopicDescription("kept", kept.id(), 3, Map.of("retention.ms", "7")));
    assertThat(topics.catalog().brokerConfigs()).isEqualTo(Map.of("log.retention.ms", "8"));
    assertThat(topics.catalog().staticBrokerConfigs()).isEqualTo(Map.of("num.partitions", "4"));
    assertThat(join(topics.nextProducerId())).isGreaterThan(producerId);
  }

  @Test
  void shouldRecoverFromASnapshot() {
    for (int i = 0; i < 250; i++) {
      create("t" + i, 1);
    }

    restart();

    assertThat(topics.catalog().all()).hasSize(250);
  }

  @Test
  void shouldAnswerRetriablyWhenTheStoreFailsAndResume() {
    RememberingJournal.failNextWrites(1);

    TopicResult lost = join(topics.create("t", 1, Map.of(), false));

    assertThat(lost.error()).isEqualTo(Errors.REQUEST_TIMED_OUT);
    assertThat(lost.message()).isNotBlank();
    create("t", 1);
  }

  @Test
  void shouldGiveEachProducerItsOwnId() {
    List<Long> ids =
        IntStream.range(0, 2500).mapToObj(i -> topics.nextProducerId()).map(this::join).toList();

    assertThat(ids).doesNotHaveDuplicates();
  }
}
