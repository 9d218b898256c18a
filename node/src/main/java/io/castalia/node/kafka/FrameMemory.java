package io.castalia.node.kafka;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where one connection gets memory for its frames: within its own limit first, then from the
 * node's. What a whole frame takes when it is parsed comes from a third budget. Who has of that
 * waits for nothing more, so that those who have frames and wait for it are always served.
 */
final class FrameMemory {
  private final ByteBudget connection;
  private final ByteBudget node;
  private final ByteBudget parsed;

  FrameMemory(ByteBudget connection, ByteBudget node, ByteBudget parsed) {
    this.connection = connection;
    this.node = node;
    this.parsed = parsed;
  }

  /** Completes with what gives the memory back, once there is some. */
  CompletionStage<Runnable> acquire(long bytes) {
    return connection
        .acquire(bytes)
        .thenCompose(own -> node.acquire(bytes).thenApply(shared -> releaseOf(own, shared)));
  }

  /** The most that one frame may take when it is parsed. */
  long largestParsed() {
    return parsed.limit();
  }

  /** The same for what a whole frame takes when it is parsed. */
  CompletionStage<Runnable> acquireParsed(long bytes) {
    return bytes == 0
        ? CompletableFuture.completedFuture(() -> {})
        : parsed.acquire(bytes).thenApply(lease -> lease::release);
  }

  private static Runnable releaseOf(ByteBudget.Lease own, ByteBudget.Lease shared) {
    return () -> {
      shared.release();
      own.release();
    };
  }
}
