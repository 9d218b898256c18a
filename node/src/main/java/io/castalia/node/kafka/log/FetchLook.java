package io.castalia.node.kafka.log;

import io.castalia.actors.partition.FetchResult;
import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.partition.Partitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * Asks all partitions of a Fetch request once what there is to read; reads nothing, so that no
 * memory need be leased while a partition does not answer. Some are asked at a time, and more while
 * those are silent. Who is still silent when patience ends is answered for.
 */
final class FetchLook {
  /** How long silent partitions keep others from being asked, and how often patience is checked. */
  private static final Duration STEP = Duration.ofMillis(100);

  private final Partitions partitions;
  private final PartitionLookup lookup;
  private final List<FetchTarget> targets;
  private final boolean readCommitted;
  private final FetchPatience patience;
  private final AtomicReferenceArray<@Nullable FetchAnswer> answers;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger missing;
  private final CompletableFuture<List<FetchAnswer>> done = new CompletableFuture<>();

  FetchLook(
      Partitions partitions,
      PartitionLookup lookup,
      List<FetchTarget> targets,
      boolean readCommitted,
      FetchPatience patience) {
    this.partitions = partitions;
    this.lookup = lookup;
    this.targets = targets;
    this.readCommitted = readCommitted;
    this.patience = patience;
    this.answers = new AtomicReferenceArray<>(targets.size());
    this.missing = new AtomicInteger(targets.size());
  }

  /**
   * The answers without records, in the order of the targets. To be called once.
   *
   * @param before what was answered last time: for those who are silent now
   */
  CompletionStage<List<FetchAnswer>> run(List<FetchAnswer> before) {
    if (targets.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    askSome();
    if (!done.isDone()) {
      checkLater(before);
    }
    return done;
  }

  private void checkLater(List<FetchAnswer> before) {
    CompletableFuture<Boolean> timer =
        new CompletableFuture<Boolean>()
            .completeOnTimeout(true, STEP.toMillis(), TimeUnit.MILLISECONDS);
    var unusedEnd = done.whenComplete((all, failure) -> timer.complete(false));
    var unusedCheck = timer.thenAccept(elapsed -> check(elapsed, before));
  }

  private void check(boolean elapsed, List<FetchAnswer> before) {
    if (!elapsed) {
      return;
    }
    if (patience.isOver(missing.get() < targets.size())) {
      done.complete(answersWithSilence(before));
    } else {
      checkLater(before);
      askSome();
    }
  }

  private void askSome() {
    for (int lane = 0; lane < Answers.AT_ONCE && next.get() < targets.size(); lane++) {
      askUntilOneWaits();
    }
  }

  /** A loop, since answers that are there at once must not grow the stack. */
  private void askUntilOneWaits() {
    for (int i = next.getAndIncrement(); i < targets.size(); i = next.getAndIncrement()) {
      int index = i;
      CompletableFuture<FetchAnswer> asked = ask(targets.get(index)).toCompletableFuture();
      if (!asked.isDone()) {
        var unused =
            asked.whenComplete(
                (answer, failure) -> {
                  settle(index, answer, failure);
                  askUntilOneWaits();
                });
        return;
      }
      var unused = asked.whenComplete((answer, failure) -> settle(index, answer, failure));
    }
  }

  private CompletionStage<FetchAnswer> ask(FetchTarget target) {
    FetchTarget.Key key = target.key();
    PartitionLookup.Found found =
        key.topic().isEmpty()
            ? lookup.byId(key.topicId(), key.index())
            : lookup.byName(key.topic(), key.index());
    if (found.error() != Errors.NONE) {
      return CompletableFuture.completedFuture(
          new FetchAnswer(target, found.partition(), FetchResult.refused(found.error())));
    }
    PartitionId partition = found.partition().orElseThrow();
    return partitions
        .bounds(partition, target.query(target.maxBytes(), readCommitted))
        .thenApply(result -> new FetchAnswer(target, Optional.of(partition), result));
  }

  private void settle(int index, FetchAnswer answer, @Nullable Throwable failure) {
    if (failure != null) {
      done.completeExceptionally(failure);
      return;
    }
    answers.set(index, answer.forConsumers());
    if (missing.decrementAndGet() == 0) {
      done.complete(answersWithSilence(List.of()));
    }
  }

  private List<FetchAnswer> answersWithSilence(List<FetchAnswer> before) {
    List<FetchAnswer> all = new ArrayList<>(targets.size());
    for (int i = 0; i < targets.size(); i++) {
      FetchAnswer answer = answers.get(i);
      if (answer != null) {
        all.add(answer);
      } else {
        all.add(
            i < before.size()
                ? before.get(i).withoutRecords()
                : FetchAnswer.silent(targets.get(i)));
      }
    }
    return all;
  }
}
