package io.castalia.persistence.journal;

import io.castalia.persistence.FencedException;
import io.castalia.persistence.LongWaits.Wait;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * One log on this node: what is known of it, and a queue that lets one operation at a time change
 * that. Operations read and change the state only while they have their turn; others may look at
 * any time.
 */
final class LogCell {
  /** What the state is worth. */
  enum Phase {
    /** Nothing is known of the log yet. */
    NEW,
    /** This node owns the log and knows how all its writes ended. */
    OWNED,
    /** The end of a write or of a recovery is unknown: the log must be recovered. */
    DIRTY,
    /** Another writer has taken the log over. */
    LOST
  }

  private static final CompletionStage<Done> VERIFIED =
      CompletableFuture.completedFuture(Done.getInstance());

  private final String log;
  private final Delays clock;
  private CompletableFuture<?> lastInQueue = CompletableFuture.completedFuture(null);
  private volatile CompletionStage<Done> verification = VERIFIED;
  private volatile Phase phase = Phase.NEW;
  private volatile @Nullable LogState state;
  private volatile @Nullable Wait turn;
  private volatile long lastWritten;

  LogCell(String log, Delays clock) {
    this.log = log;
    this.clock = clock;
  }

  String log() {
    return log;
  }

  /**
   * Runs the operation when all earlier ones have ended, however they did, and what they wrote has
   * been verified, or could not be.
   *
   * @param what it does, for who asks why it takes long
   */
  <T> CompletionStage<T> enqueue(String what, Supplier<CompletionStage<T>> operation) {
    return enqueueWrite(
        what,
        () -> verification.handle((done, failure) -> done).thenCompose(done -> operation.get()));
  }

  /**
   * Runs the operation when all earlier ones have ended, however they did. What they wrote may
   * still wait to be verified.
   *
   * @param what it does, for who asks why it takes long
   */
  synchronized <T> CompletionStage<T> enqueueWrite(
      String what, Supplier<CompletionStage<T>> operation) {
    CompletableFuture<T> result =
        lastInQueue
            .handle((done, failure) -> done)
            .thenCompose(
                done -> {
                  turn = new Wait(log, what, clock.nanoTime());
                  return operation.get();
                })
            .whenComplete((done, failure) -> turn = null);
    lastInQueue = result;
    return result;
  }

  /** For the operation that has its turn: what it has come to. */
  void at(String what) {
    Wait its = turn;
    if (its != null) {
      turn = new Wait(log, what, its.since());
    }
  }

  /** What is waited for now, if anything is. */
  Optional<Wait> waiting() {
    Wait its = turn;
    if (its != null) {
      return Optional.of(its);
    }
    return verification.toCompletableFuture().isDone()
        ? Optional.empty()
        : Optional.of(new Wait(log, "verify a write", lastWritten));
  }

  boolean isNew() {
    return phase == Phase.NEW;
  }

  /** Whether the log is known to be this writer's, as far as this node has heard. */
  boolean isOwnedBy(UUID writer) {
    LogState known = state;
    return phase == Phase.OWNED && known != null && known.writer().equals(writer);
  }

  /** What has been written, beside what was before, may be acknowledged when this completes. */
  void verifying(CompletionStage<Done> next) {
    lastWritten = clock.nanoTime();
    CompletionStage<Done> before = verification;
    boolean clean = before.toCompletableFuture().isDone() && !isFailed(before);
    verification = clean ? next : before.thenCompose(done -> next);
  }

  /** Completes when all that has been written so far may be acknowledged, fails if it never may. */
  CompletionStage<Done> verification() {
    return verification;
  }

  private static boolean isFailed(CompletionStage<Done> stage) {
    return stage.toCompletableFuture().isCompletedExceptionally();
  }

  void own(LogState next) {
    verification = VERIFIED;
    state = next;
    phase = Phase.OWNED;
  }

  void update(LogState next) {
    state = next;
  }

  /** Until it is owned again, nothing may be written. */
  void suspend() {
    phase = Phase.DIRTY;
  }

  /** Ends the use of the state after a failure, if there was one. */
  void failIf(@Nullable Throwable failure) {
    if (failure == null) {
      return;
    }
    phase = Retry.causeOf(failure) instanceof FencedException ? Phase.LOST : Phase.DIRTY;
  }

  /**
   * The state to write in.
   *
   * @throws FencedException if another has the log, or the writer is not the node's any more
   * @throws IllegalStateException if the log must be recovered first
   */
  LogState ownedState(UUID writer) {
    LogState known = knownState();
    if (phase == Phase.LOST || !known.writer().equals(writer)) {
      throw new FencedException("the log '" + log + "' is no longer owned by this node's writer");
    }
    if (phase != Phase.OWNED) {
      throw new IllegalStateException(
          "expected the log '" + log + "' to be recovered after a failed write, but it is not");
    }
    return known;
  }

  /**
   * The state as this node last knew it.
   *
   * @throws IllegalStateException if this node has never owned the log
   */
  LogState knownState() {
    LogState known = state;
    if (known == null) {
      throw new IllegalStateException("the log '" + log + "' has not been recovered on this node");
    }
    return known;
  }
}
