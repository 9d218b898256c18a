package io.castalia.bench.server;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One of its kind for all test classes: started by the first that wants it, closed after the last.
 *
 * @param <R> what runs
 */
public abstract class Shared<R extends AutoCloseable> implements BeforeAllCallback {
  private final Class<R> type;
  private final Supplier<R> start;
  private @Nullable R running;

  /**
   * Nothing runs yet.
   *
   * @param type by which it is known: there is one for each
   */
  protected Shared(Class<R> type, Supplier<R> start) {
    this.type = type;
    this.start = start;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(Namespace.GLOBAL)
            .getOrComputeIfAbsent(type, unused -> start.get(), type);
  }

  /** What runs. */
  protected final R running() {
    if (running == null) {
      throw new IllegalStateException(
          "expected " + type.getSimpleName() + " to run, but it was not started");
    }
    return running;
  }
}
