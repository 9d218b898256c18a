package io.castalia.streams.processing.runtime;

import io.castalia.streams.processing.internal.Paging.Unpaged;
import io.castalia.streams.processing.internal.TaskEvent.Paged;
import io.castalia.streams.processing.pages.Page;
import io.castalia.streams.processing.pages.Portion;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;

/** Reads, writes and deletes pages by the dozen, and waits for that. */
record PageWork(PageStore store, PageCache cache) {
  private static final int AT_A_TIME = 16;

  /**
   * Works the first frozen changes into pages, and writes these.
   *
   * @param firstNumber of the new pages
   */
  Paged write(Unpaged unpaged, long firstNumber) {
    ReadAhead reads = new ReadAhead(unpaged.map().frozenPages(Portion.MAX_PAGES));
    Portion portion = Portion.of(unpaged.map(), firstNumber, reads::page);
    each(
        List.copyOf(portion.pages().entrySet()),
        page -> store.write(page.getKey(), bytes(page.getValue())));
    portion.pages().forEach(cache::keep);
    return new Paged(unpaged.store(), unpaged.ofTimes(), portion.change(), 0);
  }

  private static ByteString bytes(Page page) {
    return ByteString.fromArrayUnsafe(page.encoded());
  }

  /** Deletes pages, and gives back how many. */
  int delete(List<Long> numbers) {
    numbers.forEach(cache::forget);
    each(numbers, store::delete);
    return numbers.size();
  }

  private static <T> void each(List<T> all, Function<T, CompletionStage<?>> call) {
    for (int from = 0; from < all.size(); from += AT_A_TIME) {
      CompletableFuture.allOf(
              all.subList(from, Math.min(from + AT_A_TIME, all.size())).stream()
                  .map(each -> call.apply(each).toCompletableFuture())
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    }
  }

  /** Pages that are wanted in a known order are on their way before they are. */
  private final class ReadAhead {
    private final Queue<Long> later;
    private final Map<Long, CompletableFuture<Page>> underWay = new HashMap<>();

    ReadAhead(List<Long> wanted) {
      this.later = new ArrayDeque<>(wanted);
    }

    Page page(long number) {
      while (underWay.size() < AT_A_TIME && !later.isEmpty()) {
        long next = later.remove();
        underWay.put(next, cache.readAside(next));
      }
      CompletableFuture<Page> read = underWay.remove(number);
      return PageCache.await(number, read == null ? cache.readAside(number) : read);
    }
  }
}
