package io.castalia.persistence.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * Something that must be done once, for all who wait for it. If it fails, all who wait are told,
 * and the next who comes begins it again.
 */
final class Once {
  private @Nullable CompletableFuture<Done> outcome;

  synchronized CompletionStage<Done> run(Supplier<CompletionStage<Done>> action) {
    if (outcome == null || outcome.isCompletedExceptionally()) {
      outcome = action.get().toCompletableFuture();
    }
    return outcome;
  }
}
