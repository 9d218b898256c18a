package io.castalia.persistence.journal;

import io.castalia.persistence.FencedException;
import io.castalia.persistence.store.LogManifest;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.ManifestChange;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** Changes manifests, and finds out what became of a change whose answer was lost. */
final class Manifests {
  private final LogStore store;

  Manifests(LogStore store) {
    this.store = store;
  }

  CompletionStage<Optional<LogManifest>> read(String log, Retry retry) {
    return retry.untilKnown(() -> store.readManifest(log));
  }

  CompletionStage<Optional<LogManifest>> peek(String log, Retry retry) {
    return retry.untilKnown(() -> store.peekManifest(log));
  }

  /**
   * Applies a change whose nonce is fresh. A change with an unknown outcome is simply repeated: if
   * it had been applied after all, it is refused now, and the manifest bears its nonce.
   *
   * @return whether the change is in force
   */
  CompletionStage<Boolean> change(
      String log, Optional<UUID> expected, ManifestChange change, Retry retry) {
    return retry
        .untilKnown(() -> store.changeManifest(log, expected, change))
        .thenCompose(
            applied ->
                applied
                    ? CompletableFuture.completedFuture(true)
                    : read(log, retry).thenApply(now -> hasNonce(now, change.nonce())));
  }

  /**
   * Applies a change to an owned log's manifest, and the state that follows to its cell.
   *
   * @return fails with {@link FencedException} when the log has another owner
   */
  CompletionStage<LogState> change(LogCell cell, LogState.Change change, Retry retry) {
    Optional<UUID> expected = Optional.of(cell.knownState().nonce());
    return change(cell.log(), expected, change.manifest(), retry)
        .thenApply(
            applied -> {
              if (!applied) {
                throw new FencedException("the log '" + cell.log() + "' has another owner");
              }
              cell.update(change.next());
              return change.next();
            })
        .whenComplete((done, failure) -> cell.failIf(failure));
  }

  /** Tries once to give an owned log up; whatever becomes of that, it must be recovered. */
  CompletionStage<Done> release(LogCell cell, UUID nonce, Retry retry) {
    LogState state = cell.knownState();
    cell.suspend();
    return retry
        .once(
            () ->
                store.changeManifest(cell.log(), Optional.of(state.nonce()), state.release(nonce)))
        .thenApply(applied -> Done.getInstance());
  }

  /**
   * Removes the manifest.
   *
   * @return whether it is gone
   */
  CompletionStage<Boolean> delete(String log, UUID expected, Retry retry) {
    return retry
        .untilKnown(() -> store.deleteManifest(log, expected))
        .thenCompose(
            applied ->
                applied
                    ? CompletableFuture.completedFuture(true)
                    : read(log, retry).thenApply(Optional::isEmpty));
  }

  static boolean hasNonce(Optional<LogManifest> manifest, UUID nonce) {
    return manifest.map(LogManifest::nonce).filter(nonce::equals).isPresent();
  }
}
