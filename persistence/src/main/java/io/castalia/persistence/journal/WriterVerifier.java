package io.castalia.persistence.journal;

import io.castalia.persistence.FencedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/**
 * Tells whether writes that have completed may be acknowledged: they may when a read of the
 * writer's own fence rows, begun after they completed, does not name them.
 *
 * <p>One read is in flight at a time and serves all writes that completed before it began, of
 * whatever log, so that its cost does not grow with the number of logs. A write that completes
 * while a read is in flight waits for the next one: the one in flight may have looked at the fence
 * rows before the write was there.
 */
final class WriterVerifier {
  private final UUID writer;
  private final JournalGround ground;
  private final Runnable onFenced;

  private List<Waiting> waiting = new ArrayList<>();
  private boolean reading;
  private boolean fenced;

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
    Retry.begin(ground)
        .untilKnown(() -> ground.store().fencesOf(writer))
        .whenComplete(
            (fences, failure) -> {
              if (failure != null) {
                unanswered(cohort, failure);
              } else if (fences.isEmpty() || fences.get().contains(FenceScope.ALL)) {
                fencedAsAWhole(cohort);
              } else {
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

  private record Waiting(String scope, CompletableFuture<Done> verdict) {}
}
