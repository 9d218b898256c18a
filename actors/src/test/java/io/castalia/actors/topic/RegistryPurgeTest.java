package io.castalia.actors.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.actors.partition.PartitionId;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** What the registry does about partitions of deleted topics. */
class RegistryPurgeTest extends RegistryNode {
  @Test
  void shouldPurgeADeletedTopicDespiteFailures() {
    TopicDescription topic = create("t", 250);

    assertThat(join(topics.delete(topic.id())).error()).isEqualTo(Errors.NONE);

    assertThat(topics.catalog().byName("t")).isEmpty();
    assertThat(topics.catalog().byId(topic.id())).isEmpty();
    await().atMost(PATIENCE).until(() -> dropped.size() == 250);
    assertThat(attempts.get(new PartitionId(topic.id(), 7))).isEqualTo(3);
    assertThat(join(topics.delete(topic.id())).error()).isEqualTo(Errors.UNKNOWN_TOPIC_ID);
  }

  @Test
  void shouldGoOnPurgingAfterARestart() {
    purging = false;
    TopicDescription topic = create("t", 5);
    join(topics.delete(topic.id()));
    await().atMost(PATIENCE).until(() -> !attempts.isEmpty());

    purging = true;
    restart();

    await().atMost(PATIENCE).until(() -> dropped.size() == 5);
  }

  @Test
  void shouldNotPurgeAgainWhatIsGone() {
    TopicDescription topic = create("t", 5);
    int before = RememberingJournal.writes();
    join(topics.delete(topic.id()));
    await()
        .atMost(PATIENCE)
        .until(() -> dropped.size() == 5 && RememberingJournal.writes() >= before + 2);
    attempts.clear();

    restart();
    create("other", 1);

    assertThat(attempts).isEmpty();
  }
}
