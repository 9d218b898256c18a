package io.castalia.node.kafka;

import java.util.concurrent.CompletionStage;

/**
 * Where one connection gets memory for its frames: within its own limit first, then from the
 * node's.
 */
final class FrameMemory {
  private final ByteBudget connection;
  private final ByteBudget node;

  FrameMemory(ByteBudget connection, ByteBudget node) {
    this.connection = connection;
    this.node = node;
  }

  /** Completes with what gives the memory back, once there is some. */
  CompletionStage<Runnable> acquire(long bytes) {
    return connection
        .acquire(bytes)
        .thenCompose(own -> node.acquire(bytes).thenApply(shared -> releaseOf(own, shared)));
  }

  private static Runnable releaseOf(ByteBudget.Lease own, ByteBudget.Lease shared) {
    return () -> {
      shared.release();
      own.release();
    };
  }
}
