package io.castalia.actors.partition;

import io.castalia.actors.fence.ConfirmedReads;
import io.castalia.actors.fence.ConfirmedReads.Refusal;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;

/**
 * What the owner of a partition has acknowledged, for its readers. Those on its own node look here
 * without a message to the owner, which is most of what a consumer at the tail costs. Thread-safe.
 */
final class OpenLog {
  private final int leaderEpoch;
  private final ConfirmedReads reads;
  private final Clock clock;
  private final Consumer<Refusal> refusals;
  private final Waiters waiters;
  private volatile PartitionState acknowledged;
  private volatile boolean looked;

  /**
   * A log that has just been opened.
   *
   * @param refusals told why a read could not be answered
   */
  OpenLog(
      int leaderEpoch,
      PartitionState acknowledged,
      ConfirmedReads reads,
      Clock clock,
      Consumer<Refusal> refusals) {
    this.leaderEpoch = leaderEpoch;
    this.acknowledged = acknowledged;
    this.waiters = new Waiters(acknowledged.logEnd());
    this.reads = reads;
    this.clock = clock;
    this.refusals = refusals;
  }

  PartitionState acknowledged() {
    return acknowledged;
  }

  /** For the owner: from now on readers may see this. */
  void acknowledge(PartitionState state) {
    acknowledged = state;
  }

  /** For the owner: tells those who wait for records of an entry that has been acknowledged. */
  void committed(long firstOffset, int bytes) {
    waiters.committed(firstOffset, acknowledged.logEnd(), bytes);
  }

  /**
   * The bounds as they are now, which are told when the log is known to have been this node's a
   * short while ago. Never fails.
   *
   * @param offset the offset that is wanted, or -1 if none is
   * @param expectedLeaderEpoch the epoch that the client knows, or -1
   */
  CompletableFuture<PartitionBounds> locate(long offset, int expectedLeaderEpoch) {
    PartitionBounds bounds =
        PartitionQueries.bounds(acknowledged, leaderEpoch, offset, expectedLeaderEpoch);
    CompletableFuture<PartitionBounds> answer = new CompletableFuture<>();
    reads.answer(
        () -> answer.complete(bounds),
        refusal -> {
          refusals.accept(refusal);
          answer.complete(PartitionBounds.refused(errorOf(refusal)));
        });
    return answer;
  }

  /** What a reader is told that could not be answered. */
  static Errors errorOf(Refusal refusal) {
    return refusal == Refusal.LOST ? Errors.NOT_LEADER_OR_FOLLOWER : Errors.KAFKA_STORAGE_ERROR;
  }

  /** Has the waiter woken as {@link PartitionCommand.Await} says. */
  void await(Waiters.Wish wish, Runnable wake) {
    waiters.add(wish, clock.millis(), wake);
  }

  /**
   * The same for a caller on this node.
   *
   * @param executor on which the stage completes, when woken or after the longest wait
   */
  CompletableFuture<Done> await(Waiters.Wish wish, Executor executor) {
    CompletableFuture<Done> woken = new CompletableFuture<>();
    await(wish, () -> executor.execute(() -> woken.complete(Done.getInstance())));
    return woken.completeOnTimeout(
        Done.getInstance(), wish.maxWait().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Somebody on this node looks here, of which the owner gets no message. */
  void look() {
    looked = true;
  }

  /** Whether nobody waits, and nobody on this node has looked here since this was last asked. */
  boolean isUnread() {
    boolean unread = !looked;
    looked = false;
    return waiters.isEmpty(clock.millis()) && unread;
  }

  /** For the owner: the log is not open any more. Wakes all who wait, now and later. */
  void close() {
    waiters.close();
  }
}
