package io.castalia.streams.processing.runtime;

import io.castalia.streams.Retry;
import io.castalia.streams.processing.runtime.TaskReply.EntriesTold;
import io.castalia.streams.processing.runtime.TaskReply.StoredEntry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * Reads a store as a whole, task after task and page after page.
 *
 * @param ask fails with retriable exceptions while a task moves
 */
record StoreEntries(
    String store, Retry retry, Function<StoreQuestion, CompletionStage<TaskReply>> ask) {

  private record Place(int task, ByteString from) {}

  Source<StoredEntry, NotUsed> source() {
    return Source.unfoldAsync(new Place(0, ByteString.emptyByteString()), this::page)
        .mapConcat(page -> page);
  }

  private CompletionStage<Optional<Pair<Place, List<StoredEntry>>>> page(Place place) {
    return retry
        .call(() -> ask.apply(new StoreQuestion.OfTask(store, place.task(), place.from())))
        .thenApply(
            reply ->
                reply instanceof EntriesTold told
                    ? Optional.of(Pair.create(behind(place, told), told.entries()))
                    : Optional.empty());
  }

  private static Place behind(Place place, EntriesTold told) {
    return told.next()
        .map(next -> new Place(place.task(), next))
        .orElseGet(() -> new Place(place.task() + 1, ByteString.emptyByteString()));
  }
}
