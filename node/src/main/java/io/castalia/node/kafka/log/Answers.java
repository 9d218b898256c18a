package io.castalia.node.kafka.log;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gathers the answers of several partitions. */
final class Answers {
  private Answers() {}

  /** The answers in the order of the questions, once all are there; fails if one fails. */
  static <T> CompletionStage<List<T>> gather(List<? extends CompletionStage<T>> answers) {
    List<CompletableFuture<T>> futures =
        answers.stream().map(CompletionStage::toCompletableFuture).toList();
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
        .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
  }
}
