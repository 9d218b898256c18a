package io.castalia.actors.partition;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;

/** Waits until a node that leaves has no partitions in memory any more. */
final class HandOver {
  private static final Duration STEP = Duration.ofMillis(50);

  private final ActorSystem<?> system;
  private final OpenPartitions open;
  private final long deadline;
  private final CompletableFuture<Done> done = new CompletableFuture<>();

  private HandOver(ActorSystem<?> system, OpenPartitions open, Duration patience) {
    this.system = system;
    this.open = open;
    this.deadline = System.nanoTime() + patience.toNanos();
  }

  /** Completes when there are none, or after {@code patience}. */
  static CompletionStage<Done> await(
      ActorSystem<?> system, OpenPartitions open, Duration patience) {
    HandOver handOver = new HandOver(system, open, patience);
    handOver.look();
    return handOver.done;
  }

  private void look() {
    if (open.isEmpty() || System.nanoTime() - deadline >= 0) {
      done.complete(Done.getInstance());
    } else {
      system.scheduler().scheduleOnce(STEP, this::look, system.executionContext());
    }
  }
}
