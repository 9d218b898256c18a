package io.castalia.persistence.store;

import io.castalia.persistence.StoreUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A connection to a store on which calls fail, or are held, as a script says; without a script it
 * is the store itself. For tests.
 */
public sealed class ScriptedLogStore extends InterceptedLogStore permits InMemoryLogStore {
  private final LogStore store;
  private final StoreFaults faults = new StoreFaults();
  private volatile boolean closed;

  /** A connection to this store, which is closed with it. */
  public ScriptedLogStore(LogStore store) {
    super(store);
    this.store = store;
  }

  /** What goes wrong on this connection. */
  public final StoreFaults faults() {
    return faults;
  }

  @Override
  protected final <T> CompletionStage<T> run(StoreCall call, Supplier<CompletionStage<T>> effect) {
    if (closed) {
      return CompletableFuture.failedFuture(
          new StoreUnavailableException("the connection is closed"));
    }
    return faults.run(call, effect);
  }

  @Override
  public void close() {
    closed = true;
    store.close();
  }
}
