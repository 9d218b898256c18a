package io.castalia.streams.processing.runtime;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.state.DurableStateStoreRegistry;
import org.apache.pekko.persistence.state.javadsl.DurableStateUpdateStore;
import org.apache.pekko.util.ByteString;

/**
 * Pages in the journal's store.
 *
 * @param log the task's
 */
record JournalPages(DurableStateUpdateStore<Object> objects, String log) implements PageStore {
  private static final String PLUGIN = "castalia.persistence.page-store";
  private static final String NO_TAG = "";

  @SuppressWarnings("unchecked")
  static JournalPages of(ActorSystem<?> system, String log) {
    return new JournalPages(
        DurableStateStoreRegistry.get(system)
            .getDurableStateStoreFor(DurableStateUpdateStore.class, PLUGIN),
        log);
  }

  @Override
  public CompletionStage<Optional<ByteString>> read(long number) {
    return objects
        .getObject(name(number))
        .thenApply(found -> found.value().map(ByteString.class::cast));
  }

  @Override
  public CompletionStage<Done> write(long number, ByteString page) {
    return objects.upsertObject(name(number), 1, page, NO_TAG);
  }

  @Override
  public CompletionStage<Done> delete(long number) {
    return objects.deleteObject(name(number), 2);
  }

  private String name(long number) {
    return log + "/" + number;
  }
}
