package io.castalia.node.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedFanOutTest {
  @Test
  void shouldKeepAnswersInTheOrderOfTheItems() {
    List<CompletableFuture<String>> asked = new ArrayList<>();
    CompletableFuture<List<String>> gathered =
        BoundedFanOut.over(List.of("a", "b", "c"), 3, item -> remember(asked))
            .toCompletableFuture();

    asked.get(2).complete("third");
    asked.get(0).complete("first");
    assertThat(gathered).isNotDone();
    asked.get(1).complete("second");

    assertThat(gathered.join()).containsExactly("first", "second", "third");
  }

  @Test
  void shouldNotAskMoreThanTheBoundAtOnce() {
    List<CompletableFuture<String>> asked = new ArrayList<>();
    CompletableFuture<List<String>> gathered =
        BoundedFanOut.over(List.of("a", "b", "c"), 2, item -> remember(asked))
            .toCompletableFuture();

    assertThat(asked).hasSize(2);
    asked.get(0).complete("first");
    assertThat(asked).hasSize(3);
    asked.get(1).complete("second");
    asked.get(2).complete("third");

    assertThat(gathered.join()).hasSize(3);
  }

  @Test
  void shouldNotGrowTheStackWithAnswersThatAreThereAtOnce() {
    List<Integer> items = IntStream.range(0, 200_000).boxed().toList();

    assertThat(
            BoundedFanOut.over(items, 4, CompletableFuture::completedFuture)
                .toCompletableFuture()
                .join())
        .isEqualTo(items);
  }

  @Test
  void shouldAnswerNothingForNoItems() {
    assertThat(
            BoundedFanOut.over(List.of(), 4, CompletableFuture::completedFuture)
                .toCompletableFuture()
                .join())
        .isEmpty();
  }

  @Test
  void shouldFailAsAWholeWhenOneFails() {
    CompletableFuture<List<String>> gathered =
        BoundedFanOut.over(
                List.of("a"),
                4,
                item -> CompletableFuture.<String>failedFuture(new IllegalStateException(item)))
            .toCompletableFuture();

    assertThat(gathered).isCompletedExceptionally();
  }

  private static CompletableFuture<String> remember(List<CompletableFuture<String>> asked) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    asked.add(answer);
    return answer;
  }
}
