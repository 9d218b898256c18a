package io.castalia.streams.connect;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;

/** The threads for what blocks. */
public final class Blocking {
  /** The dispatcher's path in the configuration. */
  public static final String DISPATCHER = "castalia.connectors.dispatcher";

  private Blocking() {}

  /** Runs what blocks on a thread that may be blocked. */
  public static <T> CompletionStage<T> run(ActorSystem<?> system, Callable<T> work) {
    Executor threads = system.dispatchers().lookup(DispatcherSelector.fromConfig(DISPATCHER));
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.call();
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        threads);
  }
}
