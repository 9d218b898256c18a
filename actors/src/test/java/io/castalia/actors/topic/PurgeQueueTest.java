package io.castalia.actors.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.PartitionId;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class PurgeQueueTest {
  private static final Uuid A = new Uuid(1, 1);
  private static final Uuid B = new Uuid(1, 2);

  private final PurgeQueue queue = new PurgeQueue();

  @Test
  void shouldLetTopicsTakeTurns() {
    queue.add(A, 0, 2);
    queue.add(B, 1, 2);

    assertThat(queue.take()).contains(new PartitionId(A, 0));
    assertThat(queue.take()).contains(new PartitionId(B, 1));
    assertThat(queue.take()).contains(new PartitionId(A, 1));
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void shouldReportHowFarATopicIsGoneWithoutHoles() {
    queue.add(A, 0, 3);
    queue.take();
    queue.take();
    queue.take();

    assertThat(queue.done(new PartitionId(A, 1))).isZero();
    assertThat(queue.done(new PartitionId(A, 0))).isEqualTo(2);
    assertThat(queue.finished(A)).isFalse();
    assertThat(queue.done(new PartitionId(A, 2))).isEqualTo(3);
    assertThat(queue.finished(A)).isTrue();
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void shouldTryFailedPartitionsAgainAfterTheOthers() {
    queue.add(A, 0, 3);
    queue.take();
    queue.failed(new PartitionId(A, 0));

    assertThat(queue.take()).contains(new PartitionId(A, 1));
    assertThat(queue.take()).contains(new PartitionId(A, 2));
    assertThat(queue.take()).contains(new PartitionId(A, 0));
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void shouldIgnoreATopicThatIsBeingPurged() {
    queue.add(A, 0, 1);
    queue.take();
    queue.add(A, 0, 1);

    assertThat(queue.take()).isEmpty();
  }
}
