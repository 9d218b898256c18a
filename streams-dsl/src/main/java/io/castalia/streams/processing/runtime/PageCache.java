package io.castalia.streams.processing.runtime;

import io.castalia.streams.Retry;
import io.castalia.streams.processing.pages.Page;
import io.castalia.streams.processing.pages.PageSource;
import io.castalia.streams.processing.pages.PageUnavailableException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a task that are in memory: those that were used last, up to a number of bytes. What
 * is wanted and not there is waited for, so this is for threads that may block. Thread-safe.
 */
final class PageCache implements PageSource {
  /** The store itself gives up before. */
  private static final long PATIENCE_SECONDS = 60;

  private static final int MAX_READS = 64;
  private static final float LOAD = 0.75f;

  private final PageStore store;
  private final long maxBytes;
  private final LinkedHashMap<Long, Page> pages = new LinkedHashMap<>(16, LOAD, true);
  private final Map<Long, CompletableFuture<Page>> reading = new HashMap<>();
  private long bytes;

  PageCache(PageStore store, long maxBytes) {
    this.store = store;
    this.maxBytes = maxBytes;
  }

  /**
   * @throws LostPageException if there is no such page
   */
  @Override
  public Page page(long number) {
    Optional<Page> found = cached(number);
    return found.isPresent() ? found.get() : await(number, read(number));
  }

  /** Begins to read pages that will be wanted soon, as far as there are not too many. */
  void prefetch(Collection<Long> numbers) {
    numbers.forEach(this::prefetch);
  }

  private synchronized void prefetch(long number) {
    if (reading.size() < MAX_READS && !pages.containsKey(number)) {
      var unused = read(number);
    }
  }

  private synchronized CompletableFuture<Page> read(long number) {
    CompletableFuture<Page> underWay = reading.get(number);
    if (underWay != null) {
      return underWay;
    }
    CompletableFuture<Page> read = readAside(number);
    reading.put(number, read);
    var unused = read.whenComplete((page, failure) -> arrived(number, page));
    return read;
  }

  private synchronized void arrived(long number, @Nullable Page page) {
    reading.remove(number);
    if (page != null) {
      keep(number, page);
    }
  }

  /** Reads a page that nobody is likely to want again: it is not kept. */
  CompletableFuture<Page> readAside(long number) {
    return cached(number)
        .map(CompletableFuture::completedFuture)
        .orElseGet(
            () ->
                store
                    .read(number)
                    .thenApply(found -> decoded(number, found))
                    .toCompletableFuture());
  }

  /** Keeps a page that was written: what was changed of late is what is wanted. */
  synchronized void keep(long number, Page page) {
    Page last = pages.put(number, page);
    bytes += page.residentBytes() - (last == null ? 0 : last.residentBytes());
    Iterator<Page> oldest = pages.values().iterator();
    while (bytes > maxBytes) {
      bytes -= oldest.next().residentBytes();
      oldest.remove();
    }
  }

  synchronized void forget(long number) {
    Page page = pages.remove(number);
    bytes -= page == null ? 0 : page.residentBytes();
  }

  /** What the pages take in memory. */
  synchronized long residentBytes() {
    return bytes;
  }

  private synchronized Optional<Page> cached(long number) {
    return Optional.ofNullable(pages.get(number));
  }

  private static Page decoded(long number, Optional<ByteString> found) {
    if (found.isEmpty()) {
      throw new LostPageException(
          "expected page %d of the state in the store, but there is none".formatted(number));
    }
    try {
      return Page.decode(found.get().toArray());
    } catch (IllegalArgumentException e) {
      throw new LostPageException("page %d of the state cannot be read".formatted(number), e);
    }
  }

  /** Waits for a page. */
  static Page await(long number, CompletableFuture<Page> read) {
    try {
      return read.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PageUnavailableException(number, e);
    } catch (TimeoutException e) {
      throw new PageUnavailableException(number, e);
    } catch (ExecutionException e) {
      Throwable cause = Retry.rootOf(Objects.requireNonNull(e.getCause()));
      if (cause instanceof LostPageException lost) {
        throw lost;
      }
      throw new PageUnavailableException(number, cause);
    }
  }
}
