package io.castalia.streams.processing.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;

/** Pages in a map, which counts what is done with them and knows all that there ever were. */
final class MapPages implements PageStore {
  private final Map<Long, Integer> ever = new ConcurrentHashMap<>();
  private final Map<Long, ByteString> present = new ConcurrentHashMap<>();
  private final Set<Long> deleted = ConcurrentHashMap.newKeySet();
  int reads;
  int writes;

  @Override
  public CompletionStage<Optional<ByteString>> read(long number) {
    reads++;
    return CompletableFuture.completedFuture(Optional.ofNullable(present.get(number)));
  }

  @Override
  public CompletionStage<Done> write(long number, ByteString page) {
    writes++;
    assertThat(ever.merge(number, page.hashCode(), (first, next) -> first))
        .as("content of page " + number)
        .isEqualTo(page.hashCode());
    if (!deleted.contains(number)) {
      present.put(number, page);
    }
    return CompletableFuture.completedFuture(Done.getInstance());
  }

  @Override
  public CompletionStage<Done> delete(long number) {
    deleted.add(number);
    present.remove(number);
    return CompletableFuture.completedFuture(Done.getInstance());
  }

  Set<Long> present() {
    return Set.copyOf(present.keySet());
  }
}
