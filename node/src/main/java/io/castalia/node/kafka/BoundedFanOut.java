package io.castalia.node.kafka;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Asks about every item of a list, with a bounded number of questions in flight, and gathers the
 * answers in the order of the items. The first failure fails the whole.
 */
public final class BoundedFanOut<I, O> {
  /** Changes that one request may have in flight at the topic registry. */
  public static final int CHANGES = 64;

  private final List<I> items;
  private final Function<I, CompletionStage<O>> question;
  private final List<CompletableFuture<O>> answers;
  private final AtomicInteger next = new AtomicInteger();

  private BoundedFanOut(List<I> items, Function<I, CompletionStage<O>> question) {
    this.items = items;
    this.question = question;
    this.answers =
        IntStream.range(0, items.size()).mapToObj(index -> new CompletableFuture<O>()).toList();
  }

  /**
   * Asks about {@code items}.
   *
   * @param atOnce how many questions may be in flight
   */
  public static <I, O> CompletionStage<List<O>> over(
      List<I> items, int atOnce, Function<I, CompletionStage<O>> question) {
    BoundedFanOut<I, O> fanOut = new BoundedFanOut<>(List.copyOf(items), question);
    for (int lane = 0; lane < Math.min(atOnce, items.size()); lane++) {
      fanOut.askUntilOneWaits();
    }
    return CompletableFuture.allOf(fanOut.answers.toArray(CompletableFuture[]::new))
        .thenApply(done -> fanOut.answers.stream().map(CompletableFuture::join).toList());
  }

  /** A loop rather than a chain of stages: answers that are there at once must not grow a stack. */
  private void askUntilOneWaits() {
    int index = next.getAndIncrement();
    while (index < items.size()) {
      CompletionStage<O> asked = question.apply(items.get(index));
      CompletableFuture<O> answer = answers.get(index);
      if (!asked.toCompletableFuture().isDone()) {
        asked.whenComplete(
            (value, failure) -> {
              settle(answer, value, failure);
              askUntilOneWaits();
            });
        return;
      }
      asked.whenComplete((value, failure) -> settle(answer, value, failure));
      index = next.getAndIncrement();
    }
  }

  private static <O> void settle(
      CompletableFuture<O> answer, O value, @Nullable Throwable failure) {
    if (failure == null) {
      answer.complete(value);
    } else {
      answer.completeExceptionally(failure);
    }
  }
}
