package io.castalia.api.internal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.japi.function.Function;

/**
 * Replies of actors as stages whose steps run on the actor system's dispatcher.
 *
 * <p>The stage that Pekko's ask gives runs each of its steps on the JVM's common pool. On machines
 * of one or two cores there is none, and a thread is started for every step instead.
 */
public final class Replies {
  private Replies() {}

  /**
   * Asks an actor.
   *
   * @return fails with {@link java.util.concurrent.TimeoutException} if there is no reply in time
   */
  public static <Q, R> CompletionStage<R> of(
      RecipientRef<Q> actor,
      Function<ActorRef<R>, Q> question,
      Duration timeout,
      ActorSystem<?> system) {
    return on(
        system.executionContext(), AskPattern.ask(actor, question, timeout, system.scheduler()));
  }

  /** The same outcome, with steps that run on the executor. */
  public static <R> CompletableFuture<R> on(Executor executor, CompletionStage<R> asked) {
    CompletableFuture<R> reply = new CompletableFuture<>();
    asked.whenCompleteAsync(
        (result, failure) -> {
          if (failure == null) {
            reply.complete(result);
          } else {
            reply.completeExceptionally(failure);
          }
        },
        executor);
    return reply;
  }
}
