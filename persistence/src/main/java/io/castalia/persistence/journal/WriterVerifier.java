package io.castalia.persistence.journal;

import io.castalia.persistence.FencedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether writes that have completed may be acknowledged: they may when a read of the
 * writer's own fence rows, begun after they completed, does not name them.
 *
 * <p>One read is in flight at a time and serves all writes that completed before it began, of
 * whatever log, so that its cost does not grow with the number of logs. A write that completes
 * while a read is in flight waits for the next one: the one in flight may have looked at the fence
 * rows before the write was there.
 *
 * <p>What the last read found serves those, too, for whom it is enough that they were not fenced a
 * short while ago.
 */
final class WriterVerifier {
  private final UUID writer;
  private final JournalGround ground;
  private final Runnable onFenced;

  private List<Waiting> waiting = new ArrayList<>();
  private boolean reading;
  private boolean fenced;
  private volatile @Nullable Finding last;

  /**
   * A verifier for one writer.
   *
   * @param onFenced run once, when the whole writer is found fenced
   */
  WriterVerifier(UUID writer, JournalGround ground, Runnable onFenced) {
    this.writer = writer;
    this.ground = ground;
    this.onFenced = onFenced;
  }

  /**
   * To be called when a write in this scope has completed.
   *
   * @return completes when the write may be acknowledged; fails with {@link FencedException} when
   *     it never may, and with {@link io.castalia.persistence.StoreUnavailableException} when that
   *     could not be found out in time
   */
  CompletionStage<Done> verify(String scope) {
    Waiting write = new Waiting(scope, new CompletableFuture<>());
    synchronized (this) {
      if (fenced) {
        return CompletableFuture.failedFuture(fencedIn(FenceScope.ALL));
      }
      waiting.add(write);
    }
    readNext();
    return write.verdict();
  }

  /**
   * Completes when this writer still owned the log, in this epoch, no longer ago than {@code
   * maxAge}; fails as {@link #verify} does.
   */
  CompletionStage<Done> verifyWithin(Duration maxAge, String log, int epoch) {
    Finding known = last;
    return known != null
            && known.isYoungerThan(maxAge, ground.delays().nanoTime())
            && known.clears(log, epoch)
        ? CompletableFuture.completedFuture(Done.getInstance())
        : verify(FenceScope.of(log, epoch));
  }

  private void readNext() {
    List<Waiting> cohort;
    synchronized (this) {
      if (reading || waiting.isEmpty()) {
        return;
      }
      reading = true;
      cohort = waiting;
      waiting = new ArrayList<>();
    }
    long begun = ground.delays().nanoTime();
    Retry.begin(ground)
        .untilKnown(() -> ground.store().fencesOf(writer))
        .whenComplete(
            (fences, failure) -> {
              ground.meters().verified(ground.delays().nanoTime() - begun);
              if (failure != null) {
                unanswered(cohort, failure);
              } else if (fences.isEmpty() || fences.get().contains(FenceScope.ALL)) {
                fencedAsAWhole(cohort);
              } else {
                last = new Finding(begun, fences.get());
                answered(cohort, fences.get());
              }
            });
  }

  private void answered(List<Waiting> cohort, Set<String> fences) {
    finishRead();
    cohort.forEach(write -> judge(write, fences));
    readNext();
  }

  private void unanswered(List<Waiting> cohort, Throwable failure) {
    finishRead();
    cohort.forEach(write -> write.verdict().completeExceptionally(failure));
    readNext();
  }

  private void fencedAsAWhole(List<Waiting> cohort) {
    List<Waiting> all = new ArrayList<>(cohort);
    all.addAll(end());
    last = null;
    onFenced.run();
    all.forEach(write -> write.verdict().completeExceptionally(fencedIn(FenceScope.ALL)));
  }

  private void judge(Waiting write, Set<String> fences) {
    if (fences.contains(write.scope())) {
      write.verdict().completeExceptionally(fencedIn(write.scope()));
    } else {
      write.verdict().complete(Done.getInstance());
    }
  }

  private synchronized void finishRead() {
    reading = false;
  }

  private synchronized List<Waiting> end() {
    fenced = true;
    reading = false;
    List<Waiting> rest = waiting;
    waiting = new ArrayList<>();
    return rest;
  }

  private FencedException fencedIn(String scope) {
    return new FencedException("writer " + writer + " is fenced in scope '" + scope + "'");
  }

  /**
   * What a read has found.
   *
   * @param begun when it began, in nanoseconds
   * @param fences the scopes in which the writer was fenced then
   */
  private record Finding(long begun, Set<String> fences) {
    boolean isYoungerThan(Duration age, long now) {
      return now - begun < age.toNanos();
    }

    /** Most often there are no fences, and no scope needs to be put together. */
    boolean clears(String log, int epoch) {
      return fences.isEmpty() || !fences.contains(FenceScope.of(log, epoch));
    }
  }

  private record Waiting(String scope, CompletableFuture<Done> verdict) {}
}
