package io.castalia.persistence.journal;

import io.castalia.persistence.store.PageStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.persistence.state.javadsl.DurableStateUpdateStore;
import org.apache.pekko.persistence.state.javadsl.GetObjectResult;
import org.apache.pekko.util.ByteString;

/** Pages as objects that are written once. Calls are repeated while the store is away. */
final class PageObjects implements DurableStateUpdateStore<Object> {
  /** The only revision that there is. */
  private static final long WRITTEN = 1;

  private final JournalGround ground;
  private final PageStore store;

  PageObjects(JournalGround ground) {
    this.ground = ground;
    this.store = ground.store();
  }

  @Override
  public CompletionStage<GetObjectResult<Object>> getObject(String name) {
    return Retry.begin(ground)
        .untilKnown(() -> store.readPage(name))
        .thenApply(
            found ->
                new GetObjectResult<>(
                    found.map(ByteString::fromByteBuffer), found.isPresent() ? WRITTEN : 0));
  }

  @Override
  public CompletionStage<Done> upsertObject(String name, long revision, Object value, String tag) {
    if (revision != WRITTEN || !(value instanceof ByteString bytes)) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException(
              "expected a ByteString in revision %d, since pages are written once, but \"%s\" was"
                      .formatted(WRITTEN, name)
                  + " a %s in revision %d".formatted(value.getClass().getName(), revision)));
    }
    return Retry.begin(ground).untilKnown(() -> store.writePage(name, bytes.asByteBuffer()));
  }

  @Override
  @Deprecated
  public CompletionStage<Done> deleteObject(String name) {
    return deleteObject(name, WRITTEN + 1);
  }

  @Override
  public CompletionStage<Done> deleteObject(String name, long revision) {
    return Retry.begin(ground).untilKnown(() -> store.deletePage(name));
  }
}
