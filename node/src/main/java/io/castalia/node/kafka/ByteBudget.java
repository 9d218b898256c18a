package io.castalia.node.kafka;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A bounded amount of memory, in bytes, that is leased before it is used. Who asks for more than is
 * left waits; waiters are served in the order in which they came, so that large leases are not
 * starved by small ones. Thread-safe.
 */
public final class ByteBudget {
  private final long limit;
  private final Queue<Waiter> waiters = new ArrayDeque<>();
  private long used;

  /**
   * @param limit bytes; a single lease above it is granted once nothing else is leased
   */
  public ByteBudget(long limit) {
    this.limit = limit;
  }

  long limit() {
    return limit;
  }

  /** Completes when the bytes are leased; at once if they are free. Never fails. */
  public CompletionStage<Lease> acquire(long bytes) {
    CompletableFuture<Lease> granted = new CompletableFuture<>();
    synchronized (this) {
      if (!waiters.isEmpty() || !fits(bytes)) {
        waiters.add(new Waiter(bytes, granted));
        return granted;
      }
      used += bytes;
    }
    granted.complete(new Lease(bytes));
    return granted;
  }

  /** Bytes that nobody has leased; 0 while anybody waits. */
  public synchronized long available() {
    return waiters.isEmpty() ? Math.max(0, limit - used) : 0;
  }

  synchronized long used() {
    return used;
  }

  synchronized int waiting() {
    return waiters.size();
  }

  private boolean fits(long bytes) {
    return used <= 0 || used + bytes <= limit;
  }

  private void giveBack(long bytes) {
    List<Waiter> served = new ArrayList<>();
    synchronized (this) {
      used -= bytes;
      for (Waiter next = waiters.peek(); next != null && fits(next.bytes); next = waiters.peek()) {
        used += next.bytes;
        served.add(waiters.remove());
      }
    }
    served.forEach(waiter -> waiter.granted.complete(new Lease(waiter.bytes)));
  }

  private record Waiter(long bytes, CompletableFuture<Lease> granted) {}

  /** Memory of a budget in somebody's hands. Thread-safe. */
  public final class Lease {
    private long bytes;
    private boolean released;

    private Lease(long bytes) {
      this.bytes = bytes;
    }

    /**
     * Keeps {@code size} bytes and gives the rest back, or takes more without waiting: for results
     * that were announced smaller than they came.
     */
    public void resize(long size) {
      long change;
      synchronized (this) {
        if (released) {
          return;
        }
        change = bytes - size;
        bytes = size;
      }
      giveBack(change);
    }

    /** Gives all of it back; further calls change nothing. */
    public void release() {
      long rest;
      synchronized (this) {
        if (released) {
          return;
        }
        released = true;
        rest = bytes;
      }
      giveBack(rest);
    }
  }
}
