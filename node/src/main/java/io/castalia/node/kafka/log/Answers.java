package io.castalia.node.kafka.log;

import io.castalia.node.kafka.BoundedFanOut;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Gathers the answers of several partitions. */
final class Answers {
  /** Partitions that one request may be asking at a time. */
  static final int AT_ONCE = 64;

  private Answers() {}

  /** The answers in the order of the questions, once all are there; fails if one fails. */
  static <T> CompletionStage<List<T>> gather(List<? extends CompletionStage<T>> answers) {
    List<CompletableFuture<T>> futures =
        answers.stream().map(CompletionStage::toCompletableFuture).toList();
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
        .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
  }

  /**
   * Asks about every partition of every topic, {@link #AT_ONCE} at a time, and makes one result of
   * each topic's answers; all in the order of the request. Fails if one question fails.
   *
   * @param <T> a topic of the request
   * @param <P> a partition of the request
   * @param <A> the answer for a partition
   * @param <R> the result for a topic
   */
  static <T, P, A, R> CompletionStage<List<R>> perTopic(
      Collection<T> topics,
      Function<T, List<P>> partitionsOf,
      BiFunction<T, P, CompletionStage<A>> ask,
      BiFunction<T, List<A>, R> result) {
    List<Question<T, P>> questions = new ArrayList<>();
    for (T topic : topics) {
      partitionsOf.apply(topic).forEach(each -> questions.add(new Question<>(topic, each)));
    }
    return BoundedFanOut.over(questions, AT_ONCE, each -> ask.apply(each.topic, each.partition))
        .thenApply(
            answers -> {
              Iterator<A> left = answers.iterator();
              return topics.stream()
                  .map(topic -> result.apply(topic, next(left, partitionsOf.apply(topic).size())))
                  .toList();
            });
  }

  private static <A> List<A> next(Iterator<A> answers, int count) {
    List<A> some = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      some.add(answers.next());
    }
    return some;
  }

  private record Question<T, P>(T topic, P partition) {}
}
