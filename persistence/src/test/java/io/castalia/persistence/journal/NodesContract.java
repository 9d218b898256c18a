package io.castalia.persistence.journal;

import static io.castalia.persistence.store.StoreFaults.any;
import static io.castalia.persistence.store.StoreOperation.WRITE_ENTRY;
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
import org.apache.pekko.Done;
import org.junit.jupiter.api.BeforeEach;

/** Nodes that share one store, whichever it is. */
public abstract class NodesContract {
  static final Duration LIMIT = Duration.ofSeconds(60);

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

  /** An append whose row is in the store, and of which its writer has not heard. */
  record Unanswered(HeldCall row, CompletableFuture<Done> append) {}

  /** The first append to a log that the node owns. */
  final Unanswered appendUnanswered(TestNode owner, String text) {
    HeldCall row = owner.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> append = owner.append(log, 1, text);
    apply(row);
    return new Unanswered(row, append);
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
