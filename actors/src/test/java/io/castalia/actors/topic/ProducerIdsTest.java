package io.castalia.actors.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.RetriableException;
import org.junit.jupiter.api.Test;

class ProducerIdsTest {
  private final Queue<CompletableFuture<Long>> asked = new ArrayDeque<>();
  private final ProducerIds ids =
      new ProducerIds(
          () -> {
            CompletableFuture<Long> block = new CompletableFuture<>();
            asked.add(block);
            return block;
          });

  @Test
  void shouldServeAllWhoWaitFromAsManyBlocksAsNeeded() {
    List<CompletableFuture<Long>> given = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      given.add(ids.next().toCompletableFuture());
    }
    assertThat(asked).hasSize(1);

    asked.remove().complete(5000L);
    assertThat(asked).hasSize(1);
    asked.remove().complete(9000L);

    assertThat(given.stream().map(CompletableFuture::join)).doesNotHaveDuplicates().hasSize(1500);
    assertThat(given.get(0).join()).isEqualTo(5000);
    assertThat(given.get(1000).join()).isEqualTo(9000);
    assertThat(ids.next().toCompletableFuture().join()).isEqualTo(9500);
    assertThat(asked).isEmpty();
  }

  @Test
  void shouldFailRetriablyWithoutABlockAndAskAgain() {
    CompletableFuture<Long> first = ids.next().toCompletableFuture();
    asked.remove().completeExceptionally(new IllegalStateException("away"));

    assertThat(first)
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(RetriableException.class);

    CompletableFuture<Long> second = ids.next().toCompletableFuture();
    asked.remove().complete(0L);
    assertThat(second.join()).isZero();
  }
}
