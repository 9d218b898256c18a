package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.Address;
import org.junit.jupiter.api.Test;

class MovedPartitionsTest {
  private static final String SHARD = "7";
  private static final Address HERE = new Address("pekko", "castalia", "10.0.0.1", 7001);
  private static final Address THERE = new Address("pekko", "castalia", "10.0.0.2", 7001);
  private static final PartitionId PARTITION = new PartitionId(new Uuid(1, 2), 3);

  private final Queue<CompletableFuture<PartitionBounds>> asked = new ArrayDeque<>();
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final MovedPartitions moved =
      new MovedPartitions(HERE, shard -> Set.of(PARTITION), this::open, later::add);

  private CompletableFuture<PartitionBounds> open(PartitionId partition) {
    assertThat(partition).isEqualTo(PARTITION);
    CompletableFuture<PartitionBounds> answer = new CompletableFuture<>();
    asked.add(answer);
    return answer;
  }

  private static PartitionBounds bounds(Errors error) {
    return new PartitionBounds(error, 0, 0, 0, 0, 0, new TimestampMark(-1, -1));
  }

  private void move() {
    moved.moving(SHARD);
    moved.placed(SHARD, THERE);
  }

  private void answer(Errors error) {
    asked.remove().complete(bounds(error));
  }

  @Test
  void shouldHaveAPartitionOpenedAtItsNewPlace() {
    move();
    assertThat(moved.contains(SHARD, PARTITION)).isFalse();

    answer(Errors.NONE);

    assertThat(moved.contains(SHARD, PARTITION)).isTrue();
    assertThat(later).isEmpty();
  }

  @Test
  void shouldTryAgainWhatCouldNotBeOpened() {
    move();
    asked.remove().completeExceptionally(new IllegalStateException("no answer"));
    later.remove().run();
    answer(Errors.KAFKA_STORAGE_ERROR);
    assertThat(moved.contains(SHARD, PARTITION)).isFalse();

    later.remove().run();
    answer(Errors.NONE);

    assertThat(moved.contains(SHARD, PARTITION)).isTrue();
  }

  @Test
  void shouldGiveUpAtLast() {
    move();
    int tries = 0;
    while (!asked.isEmpty()) {
      tries++;
      answer(Errors.KAFKA_STORAGE_ERROR);
      if (!later.isEmpty()) {
        later.remove().run();
      }
    }

    assertThat(tries).isEqualTo(10);
    assertThat(moved.contains(SHARD, PARTITION)).isFalse();
  }

  @Test
  void shouldNotTryAgainWhatHasMovedOn() {
    move();
    moved.placed(SHARD, HERE);

    answer(Errors.KAFKA_STORAGE_ERROR);

    assertThat(later).isEmpty();
  }
}
