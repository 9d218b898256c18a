package io.castalia.persistence.journal;

import io.castalia.persistence.store.LogManifest;
import io.castalia.persistence.store.LogStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * Fences the former owners of logs: each in the epoch that is taken from it, or as a whole, by one
 * row for all its logs, when its node is said to be down.
 *
 * <p>Who says so need not be right. A fence takes effect because the store has it before the tail
 * is read, not because its writer is dead: one that lives on finds itself fenced, and goes on under
 * another id.
 */
final class Fences {
  /** Of more writers the oldest are forgotten; from them logs are taken one by one. */
  private static final int MAX_DOWN = 1_000;

  private final LogStore store;
  private final Map<UUID, Once> down = new Newest();

  Fences(LogStore store) {
    this.store = store;
  }

  /** From now on, whoever takes a log from this writer takes all its logs. */
  synchronized void declareDown(UUID writer) {
    down.putIfAbsent(writer, new Once());
  }

  /** The writer has ended in this process, which acknowledges nothing in its name any more. */
  synchronized void ended(UUID writer) {
    Once nothingLeftToDo = new Once();
    nothingLeftToDo.run(() -> CompletableFuture.completedFuture(Done.getInstance()));
    down.put(writer, nothingLeftToDo);
  }

  /** Completes when the owner can acknowledge nothing more in the epoch of this manifest. */
  CompletionStage<Done> fence(String log, LogManifest manifest, UUID by, Retry retry) {
    UUID owner = manifest.owner();
    return wholeOf(owner)
        .map(once -> once.run(() -> insert(owner, FenceScope.ALL, by, retry)))
        .orElseGet(() -> insert(owner, FenceScope.of(log, manifest.epoch()), by, retry));
  }

  private synchronized Optional<Once> wholeOf(UUID writer) {
    return Optional.ofNullable(down.get(writer));
  }

  private CompletionStage<Done> insert(UUID writer, String scope, UUID by, Retry retry) {
    return retry.untilKnown(() -> store.fence(writer, scope, by));
  }

  private static final class Newest extends LinkedHashMap<UUID, @Nullable Once> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<UUID, @Nullable Once> eldest) {
      return size() > MAX_DOWN;
    }
  }
}
