package io.castalia.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.concurrent.Promise;
import scala.jdk.javaapi.FutureConverters;

class RepliesTest {
  private final ExecutorService dispatcher =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "the dispatcher"));
  private final Promise<String> promised = Promise.apply();
  private final CompletionStage<String> reply =
      Replies.on(dispatcher, FutureConverters.asJava(promised.future()));

  @AfterEach
  void stop() {
    dispatcher.shutdown();
  }

  @Test
  void shouldRunEveryStepOnTheDispatcher() {
    CompletionStage<String> threads =
        reply
            .thenApply(text -> text + ", " + Thread.currentThread().getName())
            .thenApply(text -> text + ", " + Thread.currentThread().getName());

    promised.success("yes");

    assertThat(threads.toCompletableFuture().join())
        .isEqualTo("yes, the dispatcher, the dispatcher");
  }

  @Test
  void shouldPassAFailureOnAsItIs() {
    TimeoutException late = new TimeoutException("too late");
    CompletionStage<Throwable> failure =
        reply.handle((result, thrown) -> thrown == null ? new AssertionError(result) : thrown);

    promised.failure(late);

    assertThat(failure.toCompletableFuture().join()).isSameAs(late);
  }
}
