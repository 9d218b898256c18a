package io.castalia.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.FencedException;
import io.castalia.persistence.StoreUnavailableException;
import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.ScriptedLogStore;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;

/** Nodes that share one store, whichever it is. */
public abstract class NodesContract {
  static final Duration LIMIT = Duration.ofSeconds(20);

  final String log = "log-" + UUID.randomUUID();
  TestNode a;
  TestNode b;

  /** The store under test; may be the same for all tests. */
  protected abstract LogStore store();

  @BeforeEach
  void startNodes() {
    a = startNode();
    b = startNode();
  }

  final TestNode startNode() {
    return new TestNode(new ScriptedLogStore(store()));
  }

  static <T> T done(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    return future.isDone()
        ? future.join()
        : future.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Waits for the call, applies it, and leaves it unanswered. */
  static void apply(HeldCall held) {
    done(held.arrived());
    done(held.apply());
  }

  static void release(HeldCall held) {
    done(held.arrived());
    held.release();
  }

  static void assertFenced(CompletableFuture<?> stage) {
    assertThat(stage)
        .failsWithin(LIMIT)
        .withThrowableThat()
        .withCauseInstanceOf(FencedException.class);
  }

  static void assertUnavailable(CompletableFuture<?> stage) {
    assertThat(stage)
        .failsWithin(LIMIT)
        .withThrowableThat()
        .withCauseInstanceOf(StoreUnavailableException.class);
  }
}
